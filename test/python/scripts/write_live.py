"""A script that knows nothing of anybody: it logs to the MLFLOW_TRACKING_URI that it finds.

It does a step for each line of its standard input, and says so when the step is done.
"""

import sys

import mlflow


def done(what):
    print(what, flush=True)
    sys.stdin.readline()


sys.stdin.readline()
mlflow.set_experiment("live")
done("experiment")
with mlflow.start_run(run_name="by a script") as run:
    done(run.info.run_id)
    mlflow.log_param("lr", 0.1)
    done("param")
    mlflow.log_metric("loss", 0.5, step=0)
    done("metric")
    mlflow.log_metric("loss", 0.25, step=1)
    done("metric again")
    mlflow.set_tag("progress", "10%")
    done("tag")
    mlflow.set_tag("progress", "20%")
    done("tag again")
print("finished", flush=True)
sys.stdin.read()
