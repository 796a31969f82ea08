"""Processes that write straight to the database, as MLflow does by itself, while our server is listened to."""

import sqlite3
import subprocess
from pathlib import Path

import pytest
from mlflow import MlflowClient

from support.environments import NEWEST, clean_environment, python_of
from support.feed import Feed, is_everything, of_experiment, of_model, of_run
from support.servers import start_ours

SCRIPT = Path(__file__).with_name("scripts") / "write_live.py"
RELEASES = ["2.22.4", NEWEST]


class Script:
    """A script in a process of its own, which goes on when it is told to."""

    def __init__(self, release, folder):
        self.process = subprocess.Popen(
            [python_of(release), str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(folder),
            cwd=folder,
            text=True,
        )

    def step(self):
        """Does the next step; returns what it prints when it has done so."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def end(self):
        self.process.stdin.close()
        assert self.process.wait(60) == 0
        self.process.stdout.close()


def environment(folder):
    return clean_environment(folder / "home", MLFLOW_TRACKING_URI="sqlite:///mlflow.db")


def run_mlflow(release, folder, *arguments):
    """Runs MLflow's command line there."""
    command = [python_of(release), "-m", "mlflow", *arguments]
    done = subprocess.run(command, env=environment(folder), cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(params=RELEASES)
def release(request):
    return request.param


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "home").mkdir()
    return tmp_path


def test_a_script_is_followed_from_its_first_line_to_its_last(release, folder):
    with start_ours(folder) as server, Feed(server) as feed:
        script = Script(release, folder)
        # It makes the database, by its own release of MLflow.
        assert script.step() == "experiment"
        feed.wait_for(is_everything)
        since = len(feed.changes)
        run_id = script.step()
        # The server may just be opening the database that is new: then it knows of no earlier rows to tell from.
        feed.wait_for(lambda change: is_everything(change) or of_run(run_id)(change), since)
        client = MlflowClient(server.uri)
        assert client.get_run(run_id).info.status == "RUNNING"

        delays = {}
        for step in ["param", "metric", "metric again", "tag", "tag again", "finished"]:
            delays[step] = feed.after(lambda step=step: script.step() == step or pytest.fail(step), of_run(run_id))
        script.end()
        run = client.get_run(run_id)
        assert (run.info.status, run.data.params["lr"], run.data.metrics["loss"], run.data.tags["progress"]) == (
            "FINISHED",
            "0.1",
            0.25,
            "20%",
        )
        print({step: f"{delay * 1000:.0f} ms" for step, delay in delays.items()})


def test_the_command_line_is_followed(release, folder):
    with start_ours(folder) as server, Feed(server) as feed:
        script = Script(release, folder)
        script.step()
        run_id = script.step()
        client = MlflowClient(server.uri)
        experiment_id = client.get_run(run_id).info.experiment_id
        while script.step() != "finished":
            pass
        script.end()

        def mlflow(*arguments):
            return lambda: run_mlflow(release, folder, *arguments)

        feed.after(mlflow("runs", "delete", "--run-id", run_id), of_run(run_id))
        assert client.get_run(run_id).info.lifecycle_stage == "deleted"
        feed.after(mlflow("runs", "restore", "--run-id", run_id), of_run(run_id))
        assert client.get_run(run_id).info.lifecycle_stage == "active"
        feed.after(
            mlflow("experiments", "rename", "-x", experiment_id, "--new-name", "renamed"), of_experiment(experiment_id)
        )
        assert client.get_experiment(experiment_id).name == "renamed"
        mlflow("runs", "delete", "--run-id", run_id)()
        feed.after(mlflow("gc", "--backend-store-uri", "sqlite:///mlflow.db", "--run-ids", run_id), is_everything)
        assert client.search_runs([experiment_id], run_view_type=3) == []


def test_a_registry_is_followed(folder):
    with start_ours(folder) as server, Feed(server) as feed:
        run_id = MlflowClient(server.uri).create_run("0").info.run_id
        theirs = MlflowClient(f"sqlite:///{server.database}")
        is_it = of_model("m")
        feed.after(lambda: theirs.create_registered_model("m"), is_it)
        source = f"{folder}/mlruns/0/{run_id}/artifacts"
        for _ in range(2):
            feed.after(lambda: theirs.create_model_version("m", source, run_id), is_it)
        feed.after(lambda: theirs.set_registered_model_alias("m", "best", "1"), is_it)
        feed.after(lambda: theirs.set_registered_model_alias("m", "best", "2"), is_it)
        feed.after(lambda: theirs.update_model_version("m", "1", "text"), is_it)
        feed.after(lambda: theirs.set_model_version_tag("m", "1", "k", "1"), is_it)
        feed.after(lambda: theirs.set_model_version_tag("m", "1", "k", "2"), is_it)
        feed.after(lambda: theirs.rename_registered_model("m", "n"), of_model("n"))
        model = theirs.create_logged_model("0")
        feed.wait_for(of_experiment("0"))
        feed.after(lambda: theirs.finalize_logged_model(model.model_id, "READY"), of_experiment("0"))
        feed.after(lambda: theirs.delete_registered_model("n"), lambda change: is_everything(change) or of_model("n")(change))


def test_an_upgrade_is_followed(folder):
    script = Script("2.22.4", folder)
    script.step()
    run_id = script.step()
    with start_ours(folder) as server, Feed(server) as feed:
        client = MlflowClient(server.uri)
        assert client.get_run(run_id).info.status == "RUNNING"
        while script.step() != "finished":
            pass
        script.end()

        feed.after(lambda: run_mlflow(NEWEST, folder, "db", "upgrade", "sqlite:///mlflow.db"), lambda _: True)
        feed.wait_for(is_everything)
        assert client.get_run(run_id).data.metrics["loss"] == 0.25
        # What only the new schema holds.
        model = client.create_logged_model("0", name="later")
        theirs = MlflowClient(f"sqlite:///{server.database}")
        assert theirs.get_logged_model(model.model_id).name == "later"
        feed.after(lambda: theirs.set_tag(run_id, "after", "upgrade"), of_run(run_id))
        assert client.get_run(run_id).data.tags["after"] == "upgrade"
    with sqlite3.connect(folder / "mlflow.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
