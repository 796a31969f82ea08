"""Processes with other releases of MLflow, which do what support/worker.py offers."""

import json
import subprocess
from pathlib import Path

from .environments import clean_environment, python_of

PROGRAM = Path(__file__).with_name("worker.py")


class WorkerError(Exception):
    """What was asked failed there; `code` is MLflow's error code where it has one."""

    def __init__(self, message, code):
        super().__init__(message)
        self.code = code


class Worker:
    """A process with one release of MLflow."""

    def __init__(self, release, folder):
        home = Path(folder) / "home"
        home.mkdir()
        self.release = release
        self.log = (Path(folder) / "worker.log").open("wb")
        self.process = subprocess.Popen(
            [python_of(release), str(PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=clean_environment(home, MLFLOW_HTTP_REQUEST_MAX_RETRIES="2"),
            cwd=home,
            text=True,
            encoding="utf-8",
        )

    def ask(self, do, **arguments):
        """Does a step of worker.py and returns what it returns."""
        self.begin(do, **arguments)
        return self.result()

    def begin(self, do, **arguments):
        self.process.stdin.write(json.dumps({"do": do, "with": arguments}) + "\n")
        self.process.stdin.flush()

    def result(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"The process with MLflow {self.release} ended: {Path(self.log.name).read_text('utf-8')}")
        answer = json.loads(line)
        if "error" in answer:
            raise WorkerError(answer["error"], answer["code"])
        return answer["value"]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()
        self.log.close()
