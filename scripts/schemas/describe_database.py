"""Makes a new database with the MLflow that is importable here and prints what it holds as JSON.

Run in an empty directory. Takes no arguments; the database is ./mlflow.db and is given by its absolute path, as a
script without any server would name it.
"""

import json
import os
import sqlite3

import mlflow
from mlflow import MlflowClient

path = os.path.join(os.getcwd(), "mlflow.db")
client = MlflowClient(f"sqlite:///{path}")
client.search_experiments()
client.search_registered_models()

database = sqlite3.connect(path)
master = database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY rowid").fetchall()
rows = {}
for kind, name, _ in master:
    if kind == "table":
        found = [list(row) for row in database.execute(f'SELECT * FROM "{name}"')]
        if found:
            rows[name] = found
database.close()

new = client.get_experiment(client.create_experiment("new"))
default = client.get_experiment("0")
print(
    "RECORDED "
    + json.dumps({
        "release": mlflow.__version__,
        "statements": [sql for _, _, sql in master if sql is not None],
        "rows": rows,
        "default_location": os.path.relpath(default.artifact_location, os.getcwd())
        if os.path.isabs(default.artifact_location)
        else default.artifact_location,
        "new_id": new.experiment_id,
        "new_location": os.path.relpath(new.artifact_location, os.getcwd())
        if os.path.isabs(new.artifact_location)
        else new.artifact_location,
    })
)
