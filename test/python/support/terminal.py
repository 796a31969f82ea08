"""Runs scripts as a person does in a terminal: a process of its own in a folder, with that person's environment."""

import subprocess
from pathlib import Path

from .environments import NEWEST, clean_environment, python_of

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
SECONDS = 300


def run_script(script, *arguments, cwd, home=None, release=NEWEST, **environment):
    """What a script of `scripts` wrote, once it has ended well. `home` is `cwd` with another name where absent."""
    home = Path(home or f"{cwd}-home")
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        [python_of(release), str(SCRIPTS / script), *map(str, arguments)],
        cwd=cwd,
        env=clean_environment(home, MLFLOW_HTTP_REQUEST_MAX_RETRIES="2", **environment),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr
    return done


def train_plainly(*arguments, **where):
    """The id of the run that `scripts/train_plainly.py` logged."""
    output = run_script("train_plainly.py", *arguments, **where).stdout
    (run_id,) = [line.split()[1] for line in output.splitlines() if line.startswith("run ")]
    return run_id


def assert_trained(client, run_id):
    """Everything that the script logged is there for this client, the artifacts' contents included."""
    run = client.get_run(run_id)
    assert (run.info.run_name, run.info.status) == ("from a terminal", "FINISHED")
    assert run.data.params == {"where": "outside"}
    assert [metric.value for metric in client.get_metric_history(run_id, "loss")] == [1.0, 1 / 2, 1 / 3]
    assert read_artifact(client, run_id, "notes/outside.txt") == b"written outside"
    assert read_artifact(client, run_id, "train_plainly.py") == (SCRIPTS / "train_plainly.py").read_bytes()


def read_artifact(client, run_id, path):
    """The bytes of an artifact, as this client fetches them."""
    return Path(client.download_artifacts(run_id, path)).read_bytes()
