"""The places where VS Code starts a script, each with the environment that it has there and what the extension adds."""

import io
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

from .debugger import debug_script
from .environments import python_of
from .rules import debug_variables, no_proxy
from .terminal import SECONDS

#: Runs a script as the main one in a process that has other things to do as well.
RUN = "import runpy, sys\nsys.argv = {argv!r}\nrunpy.run_path(sys.argv[0], run_name='__main__')\n"


@dataclass
class Workspace:
    """A tracked folder; `environment` is that of VS Code itself."""

    folder: Path
    environment: dict
    release: str
    #: What the extension injects; None where it injects nothing.
    uri: str | None

    @property
    def python(self):
        return python_of(self.release)

    @property
    def in_terminal(self):
        """The environment of terminals and tasks."""
        added = {} if self.uri is None else {"MLFLOW_TRACKING_URI": self.uri, **no_proxy(self.environment)}
        return {**self.environment, **added}

    @property
    def env_file(self):
        """The variables of `.env`, by python-dotenv, which reads what VS Code's extensions read."""
        file = self.folder / ".env"
        return dotenv_values(stream=io.StringIO(file.read_text("utf-8"))) if file.exists() else {}

    @property
    def in_extension(self):
        """The environment of what the Python and Jupyter extensions start: the file's variables over VS Code's."""
        return {**self.environment, **self.env_file}


def run(command, workspace, environment):
    done = subprocess.run(
        list(map(str, command)), cwd=workspace.folder, env=environment, capture_output=True, text=True,
        encoding="utf-8", timeout=SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def in_terminal(workspace, script, *arguments):
    """A shell reads the line that a person types."""
    line = '"$@"; exit $?'
    run(["sh", "-c", line, "sh", workspace.python, script, *arguments], workspace, workspace.in_terminal)


def in_task(workspace, script, *arguments):
    run([workspace.python, script, *arguments], workspace, workspace.in_terminal)


def debugged(workspace, script, arguments, console):
    launch = {
        "type": "debugpy", "request": "launch", "name": "a script", "console": console, "justMyCode": True,
        "program": str(script), "args": list(map(str, arguments)), "cwd": str(workspace.folder),
        "redirectOutput": console == "internalConsole", "env": {},
    }
    if workspace.uri is not None:
        launch["env"] |= debug_variables(launch, workspace.uri, workspace.environment)
    # The debugger's extension reads the file after us, and sets what is not set yet.
    launch["env"] = {**workspace.env_file, **launch["env"]}
    output, code = debug_script(workspace.python, launch, workspace.environment, workspace.in_terminal)
    assert code == 0, output


def in_debug_console(workspace, script, *arguments):
    debugged(workspace, script, arguments, "internalConsole")


def in_debug_terminal(workspace, script, *arguments):
    debugged(workspace, script, arguments, "integratedTerminal")


def in_kernel(workspace, script, *arguments):
    manager = KernelManager(kernel_name="of-this-release")
    manager._kernel_spec = KernelSpec(
        argv=[workspace.python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        display_name="of this release", language="python",
    )
    manager.start_kernel(env=workspace.in_extension, cwd=str(workspace.folder))
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=SECONDS)
        output = []
        code = RUN.format(argv=[str(script), *map(str, arguments)])
        reply = client.execute_interactive(code, timeout=SECONDS, output_hook=output.append)
        assert reply["content"]["status"] == "ok", [message["content"] for message in output]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def in_test(workspace, script, *arguments):
    """The Test Explorer has pytest run by a process of its own."""
    code = RUN.format(argv=[str(script), *map(str, arguments)]).replace("\n", "\n    ").rstrip()
    file = workspace.folder / "test_training.py"
    file.write_text(f"def test_training():\n    {code}\n", "utf-8")
    command = [workspace.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", workspace.folder, file]
    run(command, workspace, workspace.in_extension)


PLACES = {
    "terminal": in_terminal,
    "task": in_task,
    "debug console": in_debug_console,
    "debug terminal": in_debug_terminal,
    "kernel": in_kernel,
    "test": in_test,
}
#: Those that get nothing from VS Code but what stands in the environment file.
BY_FILE = ["kernel", "test"]
#: Those for which an extension reads that file.
READING_FILE = ["debug console", "debug terminal", *BY_FILE]
