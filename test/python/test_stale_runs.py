"""Runs left RUNNING: what is known of the processes behind them, with real processes that are really killed."""

import os
import signal
import sys
import time

import pytest

from support.environments import NEWEST
from support.held_runs import HeldRun, Window
from support.servers import start_ours

GRACE = 1
#: Long enough for a wrong end to be told.
SILENCE = 4 * GRACE
linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell who has a file open")


@pytest.fixture
def server(folder):
    with start_ours(folder, "--liveness-grace-seconds", str(GRACE)) as server:
        yield server


@pytest.fixture
def window(server):
    window = Window(server)
    yield window
    window.close()


def uri_of(server, way):
    return server.uri if way == "http" else f"sqlite:///{server.database}"


@pytest.mark.parametrize("release", ["2.22.4", NEWEST])
@pytest.mark.parametrize("way", ["http", pytest.param("direct", marks=linux)])
def test_a_killed_script(server, window, folder, release, way):
    with HeldRun(release, uri_of(server, way), folder) as held:
        window.wait_for(held.run_id, "alive")
        time.sleep(SILENCE)
        assert window.ask()[held.run_id]["process"] == "alive"
        killed = time.time() * 1000
        held.kill()
        run = window.wait_for(held.run_id, "gone")
        # The store is looked at every other second.
        assert killed - 1_000 <= run["ended_at"] <= killed + 4_000
        assert run["last_activity"] <= run["ended_at"]


@linux
def test_a_killed_script_that_nobody_waits_for(server, window, folder):
    with HeldRun(NEWEST, server.uri, folder) as held:
        window.wait_for(held.run_id, "alive")
        held.kill_without_waiting()
        window.wait_for(held.run_id, "gone")


@pytest.mark.parametrize("way", ["http", pytest.param("direct", marks=linux)])
def test_a_stopped_script_is_alive(server, window, folder, way):
    with HeldRun(NEWEST, uri_of(server, way), folder) as held:
        window.wait_for(held.run_id, "alive")
        os.kill(held.process.pid, signal.SIGSTOP)
        time.sleep(SILENCE)
        assert window.ask()[held.run_id]["process"] == "alive"


def test_a_script_that_ends_its_run_is_not_stale(server, window, folder):
    with HeldRun(NEWEST, server.uri, folder) as held:
        window.wait_for(held.run_id, "alive")
        held.tell("end")
        held.kill()
        window.wait_for(held.run_id, None)
        time.sleep(SILENCE)
        assert held.run_id not in window.ask()


def test_after_a_restart_a_silent_script_is_unknown_and_one_that_writes_is_alive(folder):
    with start_ours(folder, "--liveness-grace-seconds", str(GRACE)) as first:
        with HeldRun(NEWEST, first.uri, folder) as held, HeldRun(NEWEST, first.uri, folder) as silent:
            first.stop()
            with start_ours(folder, "--liveness-grace-seconds", str(GRACE)) as second:
                assert second.uri == first.uri
                window = Window(second)
                assert window.process_of(held.run_id) == "unknown"
                held.tell("log")
                window.wait_for(held.run_id, "alive")
                time.sleep(SILENCE)
                assert window.ask()[silent.run_id]["process"] == "unknown"
                assert window.ask()[held.run_id]["process"] == "alive"
                silent.kill()
                held.kill()
                window.wait_for(held.run_id, "gone")
                # Nobody saw who wrote it.
                assert window.ask()[silent.run_id]["process"] == "unknown"
                window.close()


@linux
def test_two_scripts_straight_into_the_database(server, window, folder):
    uri = uri_of(server, "direct")
    with HeldRun(NEWEST, uri, folder) as one, HeldRun(NEWEST, uri, folder) as other:
        window.wait_for(one.run_id, "alive")
        window.wait_for(other.run_id, "alive")
        one.kill()
        # One of two that had the file open: nobody saw whose run is whose.
        window.wait_for(other.run_id, "unknown")
        # A write that is seen now cannot have been made by the first one.
        time.sleep(12)
        other.tell("log")
        window.wait_for(other.run_id, "alive")
        other.kill()
        window.wait_for(one.run_id, "gone")
        window.wait_for(other.run_id, "gone")


def test_two_processes_of_one_run(server, window, folder):
    with HeldRun(NEWEST, server.uri, folder) as one, HeldRun("2.22.4", server.uri, folder) as other:
        import mlflow

        mlflow.MlflowClient(server.uri).log_metric(one.run_id, "from elsewhere", 1)
        window.wait_for(one.run_id, "alive")
        one.kill()
        time.sleep(SILENCE)
        # This very process has written to it, too, and lives.
        assert window.ask()[one.run_id]["process"] == "alive"
        assert window.ask()[other.run_id]["process"] == "alive"
