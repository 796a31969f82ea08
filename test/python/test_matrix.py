"""Databases of five releases of MLflow, made by each and by us: written through us and directly, read by both.

A database stays good for the release that made it. What its schema lacks is refused with the way to upgrade.
"""

import sqlite3
from dataclasses import dataclass

import pytest
from mlflow import MlflowClient

from support.environments import NEWEST, RELEASES
from support.registry_steps import expected_registry
from support.servers import Server, start_ours
from support.worker import expected
from support.workers import WorkerError

WITHOUT_LOGGED_MODELS = ["2.9.2", "2.22.4"]


@dataclass
class Database:
    """A database in use by our server; `revision` is that of its schema when it was new."""

    server: Server
    release: str
    revision: str

    @property
    def direct(self):
        return f"sqlite:///{self.server.database}"


def revision_of(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


@pytest.fixture(scope="module")
def revisions(worker_of, tmp_path_factory):
    """The revision of each release, as the release itself makes it; its databases are the ones made by MLflow."""
    made = {}

    def of(release):
        if release not in made:
            folder = tmp_path_factory.mktemp(f"made-by-{release}")
            worker_of(release).ask("use", uri=f"sqlite:///{folder / 'mlflow.db'}", folder=str(folder))
            made[release] = (folder, worker_of(release).ask("write", name="first"))
        folder, ids = made[release]
        return folder, ids, revision_of(folder / "mlflow.db")

    return of


@pytest.fixture(scope="module", params=[(maker, each) for each in RELEASES for maker in ("mlflow", "us")], ids="-".join)
def database(request, revisions, worker_of, tmp_path_factory):
    maker, release = request.param
    folder, ids, revision = revisions(release)
    if maker == "mlflow":
        with start_ours(folder) as server:
            worker_of(NEWEST).ask("use", uri=server.uri, folder=str(folder))
            assert worker_of(NEWEST).ask("read", **ids) == expected("first")
            yield Database(server, release, revision)
        return
    folder = tmp_path_factory.mktemp(f"made-by-us-as-{release}")
    with start_ours(folder, "--mlflow-release", release) as server:
        worker_of(NEWEST).ask("use", uri=server.uri, folder=str(folder))
        worker_of(NEWEST).ask("write", name="first")
        yield Database(server, release, revision)


def test_a_release_that_is_not_known_counts_as_the_newest(revisions, folder):
    with start_ours(folder, "--mlflow-release", "99.1") as server:
        MlflowClient(server.uri).create_experiment("first")
        assert revision_of(server.database) == revisions(NEWEST)[2]


WRITERS = {
    "the newest client through us": lambda database: (NEWEST, database.server.uri),
    "its own client through us": lambda database: (database.release, database.server.uri),
    "its own release": lambda database: (database.release, database.direct),
}


@pytest.fixture(params=WRITERS)
def writer(request, database, worker_of):
    """A worker that is set to write to the database in one of the ways, and the way's name."""
    release, uri = WRITERS[request.param](database)
    worker = worker_of(release)
    worker.ask("use", uri=uri, folder=str(database.server.folder))
    return worker, request.param


@pytest.fixture
def readers(database, worker_of):
    """A function that asks the same of the database's own release and of us."""

    def ask(do, **arguments):
        answers = []
        for release, uri in ((database.release, database.direct), (NEWEST, database.server.uri)):
            worker_of(release).ask("use", uri=uri, folder=str(database.server.folder))
            answers.append(worker_of(release).ask(do, **arguments))
        return answers

    return ask


def test_a_run_is_read_by_all(database, writer, readers):
    worker, way = writer
    ids = worker.ask("write", name=way)
    assert readers("read", **ids) == [expected(way)] * 2
    assert revision_of(database.server.database) == database.revision


def test_a_model_is_logged_and_loaded(database, writer, readers):
    worker, way = writer
    newer_client = worker.release == NEWEST and database.release in WITHOUT_LOGGED_MODELS
    if newer_client:
        with pytest.raises(WorkerError) as error:
            worker.ask("log_model", experiment_id="0")
        assert "mlflow db upgrade" in str(error.value)
        return
    logged = worker.ask("log_model", experiment_id="0")
    assert logged["predicted"] == [3.0, 4.0]
    assert readers("read_model", run_id=logged["run_id"]) == [worker.release] * 2
    assert revision_of(database.server.database) == database.revision


def test_the_registry_is_read_by_all(database, writer, readers):
    worker, way = writer
    worker.ask("write_registry", name=way, source="s3://bucket/model")
    assert readers("read_registry", name=way) == [expected_registry(way, "s3://bucket/model")] * 2
    assert revision_of(database.server.database) == database.revision
