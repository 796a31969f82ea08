"""Logs a metric now and then as a training script does, and tells when each call returned."""

import random
import sys
import time

import mlflow

uri, samples, run_name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
pauses = random.Random(7)
mlflow.set_tracking_uri(uri)
with mlflow.start_run(run_name=run_name):
    print("started", flush=True)
    sys.stdin.readline()
    for sample in range(samples):
        # Of no even length, so that nothing that is done at intervals falls into step with it.
        time.sleep(pauses.uniform(0.25, 0.85))
        mlflow.log_metric("delay", sample, step=sample)
        print(time.time() * 1000, flush=True)
    sys.stdin.readline()
