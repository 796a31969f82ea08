"""Opens databases as MLflow does: reads their paths from standard input, a line each, and tells what it found."""

import json
import sqlite3
import sys

from mlflow import MlflowClient
from mlflow.entities import ViewType

LARGEST_PAGE = 50_000

for line in sys.stdin:
    path = line.rstrip("\n")
    client = MlflowClient(f"sqlite:///{path}")
    experiments = client.search_experiments(view_type=ViewType.ALL, max_results=LARGEST_PAGE)
    ids = [each.experiment_id for each in experiments]
    runs = client.search_runs(ids, run_view_type=ViewType.ALL, max_results=LARGEST_PAGE)
    with sqlite3.connect(path) as connection:
        (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
    print(json.dumps({"runs": len(runs), "integrity": integrity}), flush=True)
