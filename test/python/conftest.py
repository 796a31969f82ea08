"""Fixtures of all Python tests. Nothing here may touch the settings or the files of whoever runs them."""

import os
import tempfile
import uuid
from pathlib import Path

import pytest

from support.environments import forget_own_settings
from support.servers import start_mlflow, start_ours
from support.workers import Worker

forget_own_settings(tempfile.mkdtemp(prefix="mlflow-workbench-home-"))
# What a test writes without saying where must not land in the sources.
os.chdir(os.environ["HOME"])

import mlflow  # noqa: E402

#: `mlflow` runs the client tests against MLflow's own server, to see that they describe MLflow.
AGAINST = os.environ.get("MLFLOW_WORKBENCH_TEST_AGAINST", "workbench")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A server whose new experiments keep their artifacts in files beside the database."""
    folder = tmp_path_factory.mktemp("server")
    with start_mlflow(folder) if AGAINST == "mlflow" else start_ours(folder) as server:
        yield server


@pytest.fixture(scope="session")
def artifact_server(tmp_path_factory):
    """A server that keeps the artifacts of new experiments behind itself (mlflow-artifacts:)."""
    folder = tmp_path_factory.mktemp("artifact-server")
    with start_mlflow(folder, True) if AGAINST == "mlflow" else start_ours(folder, "--serve-artifacts") as server:
        yield server


@pytest.fixture(scope="session")
def worker_of(tmp_path_factory):
    """A function from a release of MLflow to the one process that has it."""
    workers = {}

    def of(release):
        if release not in workers:
            workers[release] = Worker(release, tmp_path_factory.mktemp(f"mlflow-{release}"))
        return workers[release]

    yield of
    for worker in workers.values():
        worker.stop()


@pytest.fixture
def client(server):
    """A client of `server`, which is the fluent interface's too."""
    mlflow.set_tracking_uri(server.uri)
    yield mlflow.MlflowClient(server.uri)
    end_runs()


@pytest.fixture
def artifact_client(artifact_server):
    mlflow.set_tracking_uri(artifact_server.uri)
    yield mlflow.MlflowClient(artifact_server.uri)
    end_runs()


@pytest.fixture
def name():
    """A name that nothing else has."""
    return f"n-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def experiment(client, name):
    """The id of an experiment of this test's own."""
    experiment_id = client.create_experiment(name)
    mlflow.set_experiment(experiment_id=experiment_id)
    return experiment_id


@pytest.fixture
def run_id(client, experiment):
    return client.create_run(experiment).info.run_id


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder as a person works in it, with a home folder beside it."""
    (tmp_path / "home").mkdir()
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def end_runs():
    while mlflow.active_run() is not None:
        mlflow.end_run()
