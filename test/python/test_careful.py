"""Databases that real releases made: backed up before our first write, and upgraded as the extension does it."""

import json
import subprocess
import urllib.request
from pathlib import Path

import pytest
from mlflow import MlflowClient

from support.environments import NEWEST, ROOT, python_of
from support.servers import NODE, start_ours
from support.worker import expected

OLDER = ["2.9.2", "2.22.4", "3.1.4"]

# In a header: how often the file and its schema were changed, and which SQLite wrote it last.
COUNTERS = [range(24, 28), range(40, 44), range(92, 100)]


@pytest.fixture(params=OLDER)
def theirs(request, worker_of, name, tmp_path):
    """A folder with a database that a release has made and filled, what fills it, and a process of that release."""
    worker = worker_of(request.param)
    worker.ask("use", uri=f"sqlite:///{tmp_path / 'mlflow.db'}", folder=str(tmp_path))
    ids = worker.ask("write", name=name)
    return tmp_path, ids, worker


def without_counters(path):
    content = bytearray(Path(path).read_bytes())
    for each in COUNTERS:
        content[each.start : each.stop] = bytes(len(each))
    return bytes(content)


def backup_of(server):
    with urllib.request.urlopen(f"{server.uri}/api/workbench/1.0/identity", timeout=30) as answer:
        return json.load(answer)["store"].get("backup")


def test_a_backup_is_what_the_release_made(theirs, name):
    folder, ids, worker = theirs
    before = without_counters(folder / "mlflow.db")
    with start_ours(folder) as server:
        assert backup_of(server) == {"kind": "due", "bytes": len(before)}
        MlflowClient(server.uri).set_tag(ids["run_id"], "by us", "yes")
        backup = backup_of(server)
        assert backup["kind"] == "made"
        assert without_counters(backup["path"]) == before
        # Whoever made it opens both: what was there before, and what is there now.
        for path in (backup["path"], server.database):
            worker.ask("use", uri=f"sqlite:///{path}", folder=str(folder))
            assert worker.ask("read", **ids) == expected(name)
    assert [each.name for each in sorted(folder.glob("mlflow.db*"))] == ["mlflow.db", Path(backup["path"]).name]


@pytest.fixture(scope="module")
def upgrade(tmp_path_factory):
    """Upgrades what a server serves by the `mlflow` of an interpreter. Returns the backup's path."""
    program = tmp_path_factory.mktemp("program") / "upgrade.cjs"
    source = Path(__file__).with_name("support") / "upgrade.ts"
    bundler = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"
    bundle = [bundler, source, "--bundle", "--platform=node", f"--outfile={program}", "--log-level=error"]
    subprocess.run([*map(str, bundle)], check=True)

    def run(server, interpreter):
        command = [NODE, str(program), server.uri, str(server.database), interpreter]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout.strip()

    return run


def test_an_upgrade_keeps_everything_and_is_opened_by_the_newest(theirs, upgrade, worker_of, name):
    folder, ids, worker = theirs
    before = without_counters(folder / "mlflow.db")
    newest = worker_of(NEWEST)
    with start_ours(folder) as server:
        backup = upgrade(server, python_of(NEWEST))
        assert without_counters(backup) == before
        client = MlflowClient(server.uri)
        # What the older schema had no place for.
        model = client.create_logged_model(ids["experiment_id"], name="after the upgrade")
        assert client.get_logged_model(model.model_id).name == "after the upgrade"
        for uri in (server.uri, f"sqlite:///{server.database}"):
            newest.ask("use", uri=uri, folder=str(folder))
            assert newest.ask("read", **ids) == expected(name)
    # And back: the backup is good for whoever made it.
    worker.ask("use", uri=f"sqlite:///{backup}", folder=str(folder))
    assert worker.ask("read", **ids) == expected(name)


def test_an_upgrade_that_fails_leaves_the_backup_and_the_server(theirs, upgrade, name):
    folder, ids, worker = theirs
    with start_ours(folder) as server:
        # An environment without mlflow: Python starts and ends at once.
        with pytest.raises(subprocess.CalledProcessError) as failed:
            upgrade(server, python_without_mlflow(folder))
        assert "mlflow" in failed.value.stderr
        assert backup_of(server)["kind"] == "made"
        MlflowClient(server.uri).set_tag(ids["run_id"], "after", "yes")
    worker.ask("use", uri=f"sqlite:///{folder / 'mlflow.db'}", folder=str(folder))
    assert worker.ask("read", **ids) == expected(name)


def python_without_mlflow(folder):
    environment = folder / "empty"
    subprocess.run([python_of(NEWEST), "-m", "venv", "--without-pip", environment], check=True)
    return str(environment / "bin" / "python")
