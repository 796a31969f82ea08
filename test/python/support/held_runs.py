"""Scripts that hold a run, and what our server tells of the processes behind runs."""

import json
import subprocess
import threading
import time
import urllib.request
from pathlib import Path

from .environments import clean_environment, python_of

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "hold_run.py"
PATIENCE = 60


class HeldRun:
    """A process of a release of MLflow with a run that it does not end; a context manager that kills it."""

    def __init__(self, release, uri, folder):
        home = Path(folder) / f"home-{time.monotonic_ns()}"
        home.mkdir()
        self.process = subprocess.Popen(
            [python_of(release), "-W", "ignore", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=clean_environment(home, MLFLOW_TRACKING_URI=uri),
            cwd=folder,
            text=True,
        )
        self.run_id, _, _ = self.process.stdout.readline().partition(" ")
        assert self.run_id, "The script did not begin its run."

    def tell(self, line):
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        # MLflow prints where a run is to be seen when it ends.
        for answer in self.process.stdout:
            if answer.strip() == line:
                return
        raise AssertionError(f"The script ended instead of doing {line}.")

    def kill(self):
        """As `kill -9` does. Like a shell, whoever started it waits for its end."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def kill_without_waiting(self):
        """The process stays listed as a zombie until somebody waits for it."""
        self.process.kill()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(PATIENCE)
        self.process.stdin.close()
        self.process.stdout.close()


class Window:
    """Listens to the change feed, as an open window does, and asks when it is told that something is new."""

    def __init__(self, server):
        self.uri = server.uri
        self.answer = urllib.request.urlopen(f"{self.uri}/api/workbench/1.0/changes", timeout=600)
        self.answer.readline()
        self.told = threading.Event()
        threading.Thread(target=self.listen, daemon=True).start()
        self.known = self.ask()

    def listen(self):
        try:
            for line in self.answer:
                if line.startswith(b"data:") and json.loads(line[5:]).get("liveness"):
                    self.told.set()
        except (OSError, ValueError, AttributeError):
            pass  # the server has ended, or the window was closed

    def ask(self):
        with urllib.request.urlopen(f"{self.uri}/api/workbench/1.0/runs/liveness", timeout=60) as answer:
            return {run["run_id"]: run for run in json.load(answer)["runs"]}

    def process_of(self, run_id):
        """What this window believes, without asking."""
        return self.known.get(run_id, {}).get("process")

    def wait_for(self, run_id, process):
        """Asks only when it is told to, until the run's process is that."""
        until = time.monotonic() + PATIENCE
        while self.process_of(run_id) != process:
            assert self.told.wait(max(0, until - time.monotonic())), f"not told that the process is {process}"
            self.told.clear()
            self.known = self.ask()
        return self.known.get(run_id)

    def close(self):
        self.answer.close()
