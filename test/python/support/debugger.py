"""Debugs a script with the real debugpy as VS Code does: an adapter that speaks the Debug Adapter Protocol."""

import json
import subprocess

SECONDS = 300


class Adapter:
    """`python -m debugpy.adapter` with an environment: that of VS Code's extension host."""

    def __init__(self, python, environment, cwd):
        self.sent = 0
        self.process = subprocess.Popen(
            [python, "-m", "debugpy.adapter"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd=cwd,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(SECONDS)
        for stream in (self.process.stdin, self.process.stdout):
            stream.close()

    def send(self, kind, **content):
        self.sent += 1
        body = json.dumps({"seq": self.sent, "type": kind, **content}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def request(self, command, arguments=None):
        self.send("request", command=command, arguments=arguments or {})

    def receive(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "The adapter has ended."
        return json.loads(self.process.stdout.read(length))


def debug_script(python, launch, environment, terminal_environment):
    """
    What the script wrote, and how it ended. `launch` is the configuration as VS Code hands it over; `environment` is the
    adapter's, and `terminal_environment` that of the terminal which VS Code opens when the adapter asks for one.
    """
    terminal, output, code = None, [], None
    with Adapter(python, environment, launch["cwd"]) as adapter:
        can = {"supportsRunInTerminalRequest": True, "pathFormat": "path", "linesStartAt1": True}
        adapter.request("initialize", {"adapterID": "debugpy", "clientID": "vscode", **can})
        adapter.request("launch", launch)
        while (message := adapter.receive()).get("event") != "terminated":
            assert message.get("success", True), message
            if message.get("event") == "initialized":
                adapter.request("configurationDone")
            elif message.get("event") == "output":
                output.append(message["body"]["output"])
            elif message.get("event") == "exited":
                code = message["body"]["exitCode"]
            elif message.get("command") == "runInTerminal":
                terminal = open_terminal(message["arguments"], terminal_environment)
                answer = {"request_seq": message["seq"], "command": "runInTerminal", "success": True}
                adapter.send("response", body={"processId": terminal.pid}, **answer)
        adapter.request("disconnect")
    if terminal is not None:
        output.append(terminal.communicate(timeout=SECONDS)[0])
    return "".join(output), code


def open_terminal(asked, environment):
    """VS Code puts variables of the request before the command; debugpy sends the session's another way."""
    return subprocess.Popen(
        asked["args"], cwd=asked["cwd"], env={**environment, **asked.get("env", {})},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )
