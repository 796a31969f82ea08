"""A script that writes to the database itself while another logs through us and a third looks at the runs."""

import itertools
import sqlite3
import threading
import urllib.request

import pytest
from mlflow import MlflowClient

from support.environments import NEWEST
from support.servers import start_ours
from support.workers import Worker

RUNS = 12
METRICS = 40
#: What `write_many` of support/worker.py logs in one batch for each run.
BATCH = 50


@pytest.fixture(scope="module")
def workers(tmp_path_factory):
    """Two processes: one for the file, one for us."""
    pair = [Worker(NEWEST, tmp_path_factory.mktemp(name)) for name in ("direct", "through-us")]
    yield pair
    for worker in pair:
        worker.stop()


@pytest.fixture(params=["wal", "delete"])
def server(request, folder, workers):
    """Our server of a database that we made, which is in WAL, or of one that MLflow made, which is not."""
    if request.param == "delete":
        workers[0].ask("use", uri=f"sqlite:///{folder / 'mlflow.db'}", folder=str(folder))
        workers[0].ask("write", name="first")
    with start_ours(folder) as server:
        MlflowClient(server.uri).create_experiment("the first write through us")
        with sqlite3.connect(server.database) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == (request.param,)
        yield server


class Onlooker:
    """Asks our server over and over for its health and for runs, as an open window does, until it is told to end."""

    def __init__(self, server):
        self.uri = server.uri
        self.client = MlflowClient(server.uri)
        self.answers = []
        self.failures = []
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)

    def look(self):
        while not self.ended.wait(0.05):
            try:
                with urllib.request.urlopen(f"{self.uri}/health", timeout=60) as answer:
                    self.answers.append(answer.read())
                ids = [each.experiment_id for each in self.client.search_experiments()]
                self.client.search_runs(ids, order_by=["metrics.loss DESC"])
            except Exception as error:
                self.failures.append(error)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join(120)


def rows_of(connection, name):
    """How many rows the finished runs of an experiment have in each table."""
    finished = (
        "SELECT run_uuid FROM runs JOIN experiments USING (experiment_id)"
        " WHERE experiments.name = ? AND runs.status = 'FINISHED'"
    )
    return {
        table: connection.execute(f"SELECT count(*) FROM {table} WHERE run_uuid IN ({finished})", [name]).fetchone()[0]
        for table in ("runs", "params", "metrics", "latest_metrics", "tags")
    }


def span_of(connection, ids):
    """When the first of the runs began and the last one ended."""
    marks = ",".join("?" * len(ids))
    found = connection.execute(f"SELECT min(start_time), max(end_time) FROM runs WHERE run_uuid IN ({marks})", ids)
    return found.fetchone()


def test_both_write_and_nothing_is_lost(server, workers):
    direct, through_us = workers
    direct.ask("use", uri=f"sqlite:///{server.database}", folder=str(server.folder))
    through_us.ask("use", uri=server.uri, folder=str(server.folder))
    for worker, name in zip(workers, ("warm direct", "warm through us"), strict=True):
        worker.ask("write", name=name)
    with Onlooker(server) as onlooker:
        direct.begin("write_many", name="direct", runs=RUNS, metrics=METRICS)
        through_us.begin("write_many", name="through us", runs=RUNS, metrics=METRICS)
        made = [worker.result() for worker in workers]
    assert onlooker.failures == []
    assert len(onlooker.answers) > 1 and set(onlooker.answers) == {b"OK"}
    assert len(set(itertools.chain(*made))) == 2 * RUNS
    log = server.log.read_text("utf-8")
    assert "[error]" not in log, log
    server.stop()
    whole = {
        "runs": RUNS,
        "params": RUNS,
        "metrics": RUNS * (BATCH + METRICS),
        "latest_metrics": RUNS * 2,
        # The one that is set, and the run's name.
        "tags": RUNS * 2,
    }
    with sqlite3.connect(server.database) as connection:
        assert [rows_of(connection, name) for name in ("direct", "through us")] == [whole, whole]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (begin, end), (other_begin, other_end) = (span_of(connection, ids) for ids in made)
        assert begin < other_end and other_begin < end, "they did not write at the same time"
