"""Begins a run and does what it is told, a line at a time; only "end" ends its run. Prints the run's id and its own first.

Logs to the tracking URI that it is given, else to the one that is in force.
"""

import os
import sys

import mlflow

if len(sys.argv) > 1:
    mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_experiment("held")
run = mlflow.start_run(run_name="held")
mlflow.log_metric("loss", 1.0, step=0)
print(run.info.run_id, os.getpid(), flush=True)
for step, line in enumerate(sys.stdin, 1):
    if line.strip() == "log":
        mlflow.log_metric("loss", 1 / step, step=step)
    if line.strip() == "end":
        mlflow.end_run()
    print(line.strip(), flush=True)
