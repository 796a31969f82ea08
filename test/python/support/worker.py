"""Does what it is told with the `mlflow` of the Python that runs it, from 2.9 on: a JSON line in, a JSON line out.

One process of each release serves many tests, because importing `mlflow` takes seconds. support/workers.py starts it.
"""

import json
import math
import os
import sys
import tempfile

EPOCH = 1_700_000_000_000


def use(uri, folder):
    """All that follows goes to this tracking URI, from this working folder."""
    import mlflow

    os.chdir(folder)
    mlflow.set_tracking_uri(uri)


def write(name):
    """An experiment with a run that has something of everything that every release knows. Returns their ids."""
    from mlflow import MlflowClient
    from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag

    client = MlflowClient()
    experiment_id = client.create_experiment(name, tags={"made by": name})
    run_id = client.create_run(experiment_id, start_time=EPOCH, run_name=name, tags={"kind": "größe"}).info.run_id
    client.log_batch(
        run_id,
        metrics=[Metric("loss", 1 - step / 10, EPOCH + step, step) for step in range(5)],
        params=[Param("depth", "3"), Param("text", "値 '%_")],
        tags=[RunTag("note", name)],
    )
    client.log_metric(run_id, "odd", math.nan, timestamp=EPOCH, step=2)
    client.log_param(run_id, "lr", 0.25)
    source = Dataset(name="points", digest="abc", source_type="local", source="{}", schema=None, profile=None)
    client.log_inputs(run_id, [DatasetInput(dataset=source, tags=[InputTag("mlflow.data.context", "training")])])
    client.log_text(run_id, f"notes of {name}", "notes/text.txt")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "data.bin")
        with open(path, "wb") as file:
            file.write(bytes(range(256)))
        client.log_artifact(run_id, path)
    client.set_terminated(run_id, "FINISHED", end_time=EPOCH + 10)
    return {"experiment_id": experiment_id, "run_id": run_id}


def read(experiment_id, run_id):
    """What `write` wrote, as this client sees it."""
    from mlflow import MlflowClient

    client = MlflowClient()
    experiment = client.get_experiment(experiment_id)
    run = client.get_run(run_id)
    with tempfile.TemporaryDirectory() as folder:
        # Where an artifact is a file of this machine, some releases name that file instead of copying it.
        with open(client.download_artifacts(run_id, "notes/text.txt", folder), encoding="utf-8") as file:
            text = file.read()
        size = os.path.getsize(client.download_artifacts(run_id, "data.bin", folder))
    (found,) = client.search_runs([experiment_id], "params.depth = '3' and metrics.loss < 0.9", order_by=["metrics.loss"])
    return {
        "experiment": [experiment.name, experiment.lifecycle_stage, experiment.tags],
        "info": [run.info.run_name, run.info.status, run.info.start_time, run.info.end_time, run.info.lifecycle_stage],
        "params": run.data.params,
        "metrics": {key: repr(value) for key, value in run.data.metrics.items()},
        "tags": {key: run.data.tags.get(key) for key in ("kind", "note", "mlflow.runName")},
        "history": sorted([m.step, m.timestamp, m.value] for m in client.get_metric_history(run_id, "loss")),
        "datasets": [
            [i.dataset.name, i.dataset.digest, [[t.key, t.value] for t in i.tags]] for i in run.inputs.dataset_inputs
        ],
        "artifacts": {"notes/text.txt": text, "data.bin": size},
        "found": found.info.run_id == run_id,
    }


def expected(name):
    """What `read` returns of `write`."""
    return {
        "experiment": [name, "active", {"made by": name}],
        "info": [name, "FINISHED", EPOCH, EPOCH + 10, "active"],
        "params": {"depth": "3", "text": "値 '%_", "lr": "0.25"},
        "metrics": {"loss": "0.6", "odd": "nan"},
        "tags": {"kind": "größe", "note": name, "mlflow.runName": name},
        "history": [[step, EPOCH + step, 1 - step / 10] for step in range(5)],
        "datasets": [["points", "abc", [["mlflow.data.context", "training"]]]],
        "artifacts": {"notes/text.txt": f"notes of {name}", "data.bin": 256},
        "found": True,
    }


def log_model(experiment_id):
    """Logs a model in a new run, loads it again by the run and has it predict. Returns the run's id and the answer."""
    import mlflow
    import pandas

    class Doubler(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input, params=None):
            return [2 * each for each in model_input["x"]]

    named = "name" if int(mlflow.__version__.split(".")[0]) >= 3 else "artifact_path"
    with mlflow.start_run(experiment_id=experiment_id) as run:
        # With the requirements given, MLflow need not find them out in yet another process.
        mlflow.pyfunc.log_model(**{named: "model"}, python_model=Doubler(), pip_requirements=["mlflow"])
    model = mlflow.pyfunc.load_model(f"runs:/{run.info.run_id}/model")
    return {"run_id": run.info.run_id, "predicted": list(model.predict(pandas.DataFrame({"x": [1.5, 2.0]})))}


def read_model(run_id):
    """Finds the files of a run's model as this client sees it, and says which release logged it."""
    import mlflow
    import yaml

    with tempfile.TemporaryDirectory() as folder:
        path = mlflow.artifacts.download_artifacts(f"runs:/{run_id}/model", dst_path=folder)
        with open(os.path.join(path, "MLmodel"), encoding="utf-8") as file:
            return yaml.safe_load(file)["mlflow_version"]


def write_many(name, runs, metrics):
    """Many small writes: `runs` runs, each with `metrics` metrics one by one, params and tags. Returns the runs' ids."""
    from mlflow import MlflowClient
    from mlflow.entities import Metric, Param

    client = MlflowClient()
    experiment_id = client.create_experiment(name)
    made = []
    for index in range(runs):
        run_id = client.create_run(experiment_id).info.run_id
        client.log_batch(run_id, params=[Param("index", str(index))], metrics=[Metric("batch", 1, 1, s) for s in range(50)])
        for step in range(metrics):
            client.log_metric(run_id, "loss", step * 0.5, step=step)
        client.set_tag(run_id, "done", "yes")
        client.set_terminated(run_id)
        made.append(run_id)
    return made


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # What `mlflow` prints goes to the log.
    os.dup2(2, 1)
    # This program runs in the folder of its own file, which tests import as a package.
    from registry_steps import predict, read_registry, register_models, write_registry
    from trace_steps import STEPS as traces

    registry = (write_registry, read_registry, register_models, predict)
    own = (use, write, read, log_model, read_model, write_many)
    steps = {step.__name__: step for step in (*own, *registry, *traces)}
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"value": steps[asked["do"]](**asked["with"])}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}", "code": getattr(error, "error_code", None)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
