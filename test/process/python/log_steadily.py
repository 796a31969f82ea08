"""Logs to a tracking server as a training script does, until its standard input ends: `log_steadily.py URI RUN_ID THREADS`.

Says "logging" once every thread has logged, and at the end which steps of which metric were acknowledged, and what
failed.
"""

import json
import sys
import threading
import time

from mlflow import MlflowClient

uri, run_id, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
ended = threading.Event()
begun = threading.Barrier(threads + 1)
acknowledged = {f"m{number}": [] for number in range(threads)}
errors = []


def log(key):
    client = MlflowClient(uri)
    step = 0
    while not ended.is_set():
        try:
            client.log_metric(run_id, key, step, step=step)
            acknowledged[key].append(step)
        except Exception as error:  # Whatever it is, the test wants to know.
            errors.append(repr(error)[:500])
        if step == 0:
            begun.wait()
        step += 1
        time.sleep(0.005)


workers = [threading.Thread(target=log, args=(key,)) for key in acknowledged]
for worker in workers:
    worker.start()
begun.wait()
print("logging", flush=True)
sys.stdin.read()
ended.set()
for worker in workers:
    worker.join()
print(json.dumps({"acknowledged": acknowledged, "errors": errors}), flush=True)
