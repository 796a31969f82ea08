"""Writes to a database until its standard input ends: `write_steadily.py PATH RUN_ID mlflow|sqlite`.

Says "writing" after the first write, and at the end how many were kept, how many failed, and how long one took.
"""

import json
import sqlite3
import sys
import threading
import time

path, run_id, kind = sys.argv[1:]
SHORT_TIMEOUT_SECONDS = 1


def with_mlflow():
    from mlflow import MlflowClient

    client = MlflowClient(f"sqlite:///{path}")
    return lambda step: client.log_metric(run_id, "by mlflow", step, step=step)


def with_sqlite():
    connection = sqlite3.connect(path, timeout=SHORT_TIMEOUT_SECONDS, isolation_level=None)
    return lambda step: connection.execute(
        "INSERT INTO tags (run_uuid, key, value) VALUES (?, ?, '')", (run_id, f"by sqlite {step}")
    )


write = with_mlflow() if kind == "mlflow" else with_sqlite()
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
written, errors, slowest = 0, [], 0.0
while not ended.is_set():
    started = time.monotonic()
    try:
        write(written + len(errors))
        written += 1
    except Exception as error:  # Whatever it is, the test wants to know.
        errors.append(repr(error)[:300])
    slowest = max(slowest, time.monotonic() - started)
    if written == 1:
        print("writing", flush=True)
    time.sleep(0.002)
print(json.dumps({"written": written, "errors": errors, "slowest": round(slowest, 3)}), flush=True)
