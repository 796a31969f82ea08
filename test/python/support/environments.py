"""The releases of MLflow that scripts/setup-python.mjs installs, and an environment without anybody's settings."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NEWEST = "3.18.0"
RELEASES = ["2.9.2", "2.22.4", "3.1.4", "3.7.0", NEWEST]


def python_of(release):
    """The Python that has this release of MLflow."""
    below = ["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"]
    python = ROOT.joinpath(".cache", "python", release, *below)
    if not python.exists():
        raise FileNotFoundError(f"{python}: run node scripts/setup-python.mjs")
    return str(python)


def clean_environment(home, **others):
    """This process's environment without MLflow's settings, with another home folder, and with `others`."""
    kept = {name: value for name, value in os.environ.items() if not is_setting(name)}
    return {
        **kept,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "DO_NOT_TRACK": "true",
        "PYTHONIOENCODING": "utf-8",
        **others,
    }


def forget_own_settings(home):
    """Makes the environment of this process a clean one; before `mlflow` is imported."""
    if "mlflow" in sys.modules:
        raise RuntimeError("mlflow has been imported already")
    clean = clean_environment(home, MLFLOW_HTTP_REQUEST_MAX_RETRIES="2")
    os.environ.clear()
    os.environ.update(clean)


def is_setting(name):
    """Whether a variable would change what `mlflow` does; ours begin with MLFLOW_WORKBENCH_."""
    if name.startswith("MLFLOW_WORKBENCH_"):
        return False
    return name.startswith(("MLFLOW_", "DATABRICKS_", "_MLFLOW_")) or name.lower().endswith("_proxy")
