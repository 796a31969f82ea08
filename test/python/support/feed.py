"""Listens to the change feed of our server, as a window of VS Code does."""

import json
import threading
import time
import urllib.request

WAIT_SECONDS = 60


class Feed:
    """What the feed of a server has told; a context manager that ends with the server or with itself."""

    def __init__(self, server):
        self.changes = []
        self._arrived = threading.Condition()
        self._response = urllib.request.urlopen(f"{server.uri}/api/workbench/1.0/changes", timeout=WAIT_SECONDS)
        # The first byte says that the server listens for us.
        self._response.readline()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        try:
            for line in self._response:
                if line.startswith(b"data: "):
                    with self._arrived:
                        self.changes.append(json.loads(line[6:]) | {"at": time.time()})
                        self._arrived.notify_all()
        except (OSError, ValueError, AttributeError):
            pass  # Closed by the test or by the end of the server.

    def wait_for(self, is_it, since=0):
        """The first change after the first `since` ones that is the one."""
        with self._arrived:
            until = time.monotonic() + WAIT_SECONDS
            while True:
                found = next(filter(is_it, self.changes[since:]), None)
                if found is not None:
                    return found
                if not self._arrived.wait(until - time.monotonic()):
                    raise AssertionError(f"not told of, but {self.changes[since:]}")

    def after(self, act, is_it):
        """Does something and waits until the feed tells of it; returns the seconds in between."""
        since = len(self.changes)
        act()
        done = time.time()
        return self.wait_for(is_it, since)["at"] - done

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._response.close()


def is_everything(change):
    return change["everything"]


def of_run(run_id):
    """Whether a change names this run, whatever else it tells."""
    return lambda change: run_id in [run["runId"] for run in change["runs"]]


def of_experiment(experiment_id):
    return lambda change: experiment_id in change["experimentIds"]


def of_model(name):
    return lambda change: name in change["registeredModels"]
