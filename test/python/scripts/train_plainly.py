"""A script that a person starts in a terminal: python train_plainly.py EXPERIMENT [TRACKING_URI]

Without a tracking URI it logs wherever MLflow does by default. Prints the run's id.
"""

import sys

import mlflow

if len(sys.argv) > 2:
    mlflow.set_tracking_uri(sys.argv[2])
mlflow.set_experiment(sys.argv[1])
with mlflow.start_run(run_name="from a terminal") as run:
    mlflow.log_param("where", "outside")
    for step in range(3):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_text("written outside", "notes/outside.txt")
    mlflow.log_artifact(__file__)
print("run", run.info.run_id)
