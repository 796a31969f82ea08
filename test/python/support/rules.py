"""What the extension decides, by its own rules."""

import json
import subprocess
from pathlib import Path

from .servers import NODE

PROGRAM = Path(__file__).with_name("call_rule.mjs")


def call_rule(module, function, *arguments):
    """The answer of a function of `src/core/tracking`. What is not there is None."""
    command = [NODE, PROGRAM, module, function, json.dumps(arguments)]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def no_proxy(environment):
    """What the extension adds to a terminal with that environment."""
    hosts = call_rule("noProxy", "noProxyForLoopback", environment)
    return {"no_proxy": hosts, "NO_PROXY": hosts} if hosts else {}


def debug_variables(launch, uri, environment):
    """What the extension adds to a debug session where it injects `uri`."""
    return call_rule("debugVariables", "debugVariables", launch, {"kind": "inject", "uri": uri}, None, environment)


def with_entry(text, uri):
    """The text of an environment file with our entry."""
    return call_rule("envEntry", "withEntry", {"bytes": text}, uri)


def sqlite_uri(path):
    return call_rule("sqliteUri", "sqliteUri", str(path))
