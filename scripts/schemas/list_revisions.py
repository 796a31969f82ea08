"""Prints every Alembic revision that the MLflow that is importable here knows, oldest first, as JSON."""

import json
from pathlib import Path

from alembic.script import ScriptDirectory
from mlflow.store import db_migrations

revisions = ScriptDirectory(str(Path(db_migrations.__file__).parent)).walk_revisions()
print("RECORDED " + json.dumps([each.revision for each in revisions][::-1]))
