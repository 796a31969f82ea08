"""Starts tracking servers: ours, as it is built, and MLflow's own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from .environments import ROOT, clean_environment

DIST = Path(os.environ.get("MLFLOW_WORKBENCH_DIST", ROOT / "dist"))
NODE = ROOT / "node_modules" / "node" / "bin" / ("node.exe" if os.name == "nt" else "node")
START_SECONDS = 120
STOP_SECONDS = 60
# Its job runners are ten processes, each of which imports `mlflow`; no test asks for a job.
MLFLOW_SERVER_SETTINGS = {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}


class Server:
    """A running server over `folder`/mlflow.db; a context manager that ends it."""

    def __init__(self, process, uri, folder, log):
        self.process = process
        self.uri = uri
        self.folder = Path(folder)
        self.log = Path(log)
        self.state = self.folder / "state"

    @property
    def database(self):
        return self.folder / "mlflow.db"

    def stop(self):
        """Ends the server and everything that it started; a second call does nothing."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                raise
            finally:
                self.process.wait(STOP_SECONDS)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def start_ours(folder, *arguments):
    """Our server over `folder`/mlflow.db, which need not exist. `arguments` are those of its command line."""
    folder = Path(folder)
    home = folder / "home-of-server"
    home.mkdir(parents=True, exist_ok=True)
    log = folder / "server.log"
    command = [NODE, DIST / "server.cjs", "--store", folder / "mlflow.db", "--state-dir", folder / "state"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*map(str, command), "--port", "0", "--log-level", "trace", *arguments],
            stdout=subprocess.PIPE,
            stderr=output,
            stdin=subprocess.DEVNULL,
            env=clean_environment(home),
            start_new_session=True,
        )
    line = process.stdout.readline()
    announcement = json.loads(line) if line else {"event": "nothing"}
    if announcement["event"] != "ready":
        process.wait(STOP_SECONDS)
        raise RuntimeError(f"{announcement}\n{log.read_text('utf-8')}")
    return Server(process, announcement["uri"], folder, log)


def start_mlflow(folder, serve_artifacts=False, python=sys.executable):
    """`mlflow server` of that Python, which is what `mlflow ui` is as well, over `folder`/mlflow.db."""
    folder = Path(folder)
    home = folder / "home-of-mlflow"
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    log = folder / "mlflow-server.log"
    options = ["--backend-store-uri", f"sqlite:///{folder / 'mlflow.db'}", "--port", str(port), "--workers", "1"]
    if serve_artifacts:
        options += ["--serve-artifacts", "--artifacts-destination", str(folder / "mlartifacts")]
    else:
        options += ["--no-serve-artifacts", "--default-artifact-root", str(folder / "mlruns")]
    path = f"{Path(python).parent}{os.pathsep}{os.environ['PATH']}"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [python, "-m", "mlflow", "server", *options],
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            cwd=folder,
            env=clean_environment(home, **MLFLOW_SERVER_SETTINGS, PATH=path),
            start_new_session=True,
        )
    server = Server(process, f"http://127.0.0.1:{port}", folder, log)
    try:
        wait_for_health(server)
    except BaseException:
        server.stop()
        raise
    return server


def wait_for_health(server):
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise RuntimeError(f"mlflow server ended:\n{server.log.read_text('utf-8')}")
        try:
            with urllib.request.urlopen(f"{server.uri}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"mlflow server did not start:\n{server.log.read_text('utf-8')}")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
