"""Begins a run and does what it is told, a line at a time; it never ends its run. Prints the run's id first."""

import sys

import mlflow

mlflow.set_experiment("held")
run = mlflow.start_run(run_name=sys.argv[1] if len(sys.argv) > 1 else "held")
mlflow.log_metric("loss", 1.0, step=0)
print(run.info.run_id, flush=True)
for step, line in enumerate(sys.stdin, 1):
    if line.strip() == "log":
        mlflow.log_metric("loss", 1 / step, step=step)
    if line.strip() == "end":
        mlflow.end_run()
    print(line.strip(), flush=True)
