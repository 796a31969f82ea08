"""One database in use at the same time through us, by `mlflow server` (`mlflow ui` is the same) and as a file."""

import json
import urllib.request
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

from support.environments import NEWEST
from support.servers import start_mlflow, start_ours
from support.terminal import assert_trained, read_artifact, train_plainly
from support.worker import expected

WAYS = ["through us", "mlflow server", "the file"]


@pytest.fixture(scope="module")
def uris(tmp_path_factory):
    """The tracking URI of each way to the database, which the first write through us made."""
    folder = tmp_path_factory.mktemp("same")
    with start_ours(folder) as ours:
        MlflowClient(ours.uri).create_experiment("first")
        with start_mlflow(folder) as theirs:
            yield dict(zip(WAYS, [ours.uri, theirs.uri, f"sqlite:///{ours.database}"], strict=True))


@pytest.fixture
def clients(uris):
    yield {way: MlflowClient(uri) for way, uri in uris.items()}
    while mlflow.active_run() is not None:
        mlflow.end_run()


@pytest.fixture(params=WAYS)
def way(request):
    return request.param


def test_all_see_what_one_wrote(uris, way, worker_of, name, tmp_path):
    worker = worker_of(NEWEST)
    worker.ask("use", uri=uris[way], folder=str(tmp_path))
    ids = worker.ask("write", name=name)
    for uri in uris.values():
        worker.ask("use", uri=uri, folder=str(tmp_path))
        assert worker.ask("read", **ids) == expected(name)


def test_all_write_to_one_run(clients, way, name):
    run_id = clients[way].create_run(clients[way].create_experiment(name)).info.run_id
    for step, (writer, client) in enumerate(clients.items()):
        client.log_metric(run_id, "loss", step / 10, timestamp=step, step=step)
        client.log_param(run_id, writer, step)
        client.set_tag(run_id, "last", writer)
        client.log_text(run_id, f"by {writer}", f"notes/{writer}.txt")
    for client in clients.values():
        run = client.get_run(run_id)
        assert run.data.params == {writer: str(step) for step, writer in enumerate(WAYS)}
        assert (run.data.metrics, run.data.tags["last"]) == ({"loss": 0.2}, WAYS[-1])
        assert [(m.step, m.value) for m in client.get_metric_history(run_id, "loss")] == [(0, 0), (1, 0.1), (2, 0.2)]
        for writer in WAYS:
            assert read_artifact(client, run_id, f"notes/{writer}.txt") == f"by {writer}".encode()


def test_a_param_has_one_value_whoever_wrote_it(clients, way, name):
    run_id = clients[way].create_run(clients[way].create_experiment(name)).info.run_id
    clients[way].log_param(run_id, "lr", 0.1)
    for client in clients.values():
        client.log_param(run_id, "lr", 0.1)
        with pytest.raises(MlflowException) as error:
            client.log_param(run_id, "lr", 0.2)
        assert error.value.error_code == "INVALID_PARAMETER_VALUE"


def test_runs_nested_across_the_ways(uris, clients, way, name):
    experiment_id = clients[way].create_experiment(name)
    started = []
    for uri in (uris[way], *uris.values()):
        mlflow.set_tracking_uri(uri)
        started.append(mlflow.start_run(experiment_id=experiment_id, nested=bool(started)).info.run_id)
    while mlflow.active_run() is not None:
        mlflow.end_run()
    for client in clients.values():
        runs = {run.info.run_id: run for run in client.search_runs([experiment_id])}
        assert {run.info.status for run in runs.values()} == {"FINISHED"}
        parents = [runs[run_id].data.tags.get("mlflow.parentRunId") for run_id in started]
        assert parents == [None, *started[:-1]]


def test_what_one_deletes_and_renames(clients, way, name):
    experiment_id = clients["through us"].create_experiment(name)
    run_id = clients["through us"].create_run(experiment_id).info.run_id
    clients[way].delete_run(run_id)
    clients[way].rename_experiment(experiment_id, f"{name} renamed")
    for client in clients.values():
        assert client.get_run(run_id).info.lifecycle_stage == "deleted"
        assert client.get_experiment_by_name(name) is None
        client.restore_run(run_id)
        assert [run.info.run_id for run in clients[way].search_runs([experiment_id])] == [run_id]
        client.delete_run(run_id)


def test_our_feed_tells_of_all_writes(uris, clients, way, name):
    with urllib.request.urlopen(f"{uris['through us']}/api/workbench/1.0/changes", timeout=60) as feed:
        assert feed.readline() == b":\n"
        experiment_id = clients[way].create_experiment(name)
        told = next(line for line in feed if line.startswith(b"data: "))
    change = json.loads(told.removeprefix(b"data: "))
    assert change["everything"] or experiment_id in change["experimentIds"]


@pytest.fixture(scope="module", params=[NEWEST, "3.1.4", "2.22.4"])
def outside(request, tmp_path_factory):
    """The release of scripts outside, the folder, our server that serves its database, and an experiment of ours."""
    folder = tmp_path_factory.mktemp("outside")
    with start_ours(folder, "--mlflow-release", request.param) as server:
        client = MlflowClient(server.uri)
        experiment_id = client.create_experiment("made through us")
        client.log_text(client.create_run(experiment_id).info.run_id, "ours", "notes/ours.txt")
        yield request.param, server


def default_uri(release):
    """What a script has to say to use the folder's database: nothing, since MLflow does so itself."""
    return [] if release == NEWEST else ["sqlite:///mlflow.db"]


def place_of(location):
    """The folder that an artifact location names, as a path or as a URI."""
    return Path(url2pathname(urlparse(location).path)) if location.startswith("file:") else Path(location)


@pytest.mark.parametrize("experiment", ["made through us", "Default", "made by the script"])
def test_a_script_outside_logs_beside_us(outside, experiment):
    release, server = outside
    run_id = train_plainly(experiment, *default_uri(release), cwd=server.folder, release=release)
    client = MlflowClient(server.uri)
    assert_trained(client, run_id)
    # Whoever made the experiment, its artifacts are where MLflow itself keeps them in this folder.
    experiment_id = client.get_experiment_by_name(experiment).experiment_id
    place = server.folder / "mlruns" / experiment_id
    assert place_of(client.get_experiment(experiment_id).artifact_location) == place
    assert (place / run_id / "artifacts" / "notes" / "outside.txt").read_text() == "written outside"


@pytest.mark.parametrize("release", [NEWEST, "3.1.4", "2.22.4"])
def test_a_script_goes_on_when_we_have_ended(release, tmp_path):
    with start_ours(tmp_path, "--mlflow-release", release) as ours:
        MlflowClient(ours.uri).create_experiment("made through us")
    run_id = train_plainly("made through us", *default_uri(release), cwd=tmp_path, release=release)
    assert {each.name for each in tmp_path.glob("mlflow.db*")} == {"mlflow.db"}
    with start_ours(tmp_path) as ours:
        assert_trained(MlflowClient(ours.uri), run_id)


def test_artifacts_that_mlflow_ui_keeps_behind_itself(folder):
    """That is what it does unless told otherwise: a database that it made has such a Default experiment."""
    with start_mlflow(folder, serve_artifacts=True) as theirs, start_ours(folder) as ours:
        servers = [MlflowClient(theirs.uri), MlflowClient(ours.uri)]
        for writer in servers:
            run_id = writer.create_run("0").info.run_id
            writer.log_text(run_id, "kept", "notes/text.txt")
            for reader in servers:
                assert reader.get_run(run_id).info.artifact_uri == f"mlflow-artifacts:/0/{run_id}/artifacts"
                assert [entry.path for entry in reader.list_artifacts(run_id, "notes")] == ["notes/text.txt"]
                assert read_artifact(reader, run_id, "notes/text.txt") == b"kept"
