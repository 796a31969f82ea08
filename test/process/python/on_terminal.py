"""Runs a program on a terminal, reads what it shows until it is still, presses Ctrl+C and tells what was shown."""

import json
import os
import pty
import select
import sys

STILL_SECONDS = 2

pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])

shown = b""


def read_until_still(seconds):
    global shown
    while select.select([terminal], [], [], seconds)[0]:
        try:
            shown += os.read(terminal, 65536)
        except OSError:
            return


while b"MLFLOW_TRACKING_URI" not in shown and b'"event"' not in shown:
    shown += os.read(terminal, 65536)
read_until_still(STILL_SECONDS)
os.write(terminal, b"\x03")
_, status = os.waitpid(pid, 0)
print(json.dumps({"shown": shown.decode()}), flush=True)
sys.exit(os.waitstatus_to_exitcode(status))
