"""What worker.py does in the model registry, with any release of `mlflow` from 2.9 on."""

CHAMPION = "größter"


def write_registry(name, source):
    """A registered model with four versions, at stages, with aliases and tags; one version is deleted."""
    from mlflow import MlflowClient

    client = MlflowClient()
    client.create_registered_model(name, tags={"team": "größe"}, description=f"about {name}")
    for index in range(4):
        version = client.create_model_version(name, source, tags={"index": str(index)}, description=f"number {index}")
        assert (version.version, version.status) in ((str(index + 1), "READY"), (index + 1, "READY"))
    client.transition_model_version_stage(name, "1", "Production")
    client.transition_model_version_stage(name, "2", "Staging")
    client.transition_model_version_stage(name, "3", "Production", archive_existing_versions=True)
    client.set_registered_model_alias(name, CHAMPION, "1")
    client.set_registered_model_alias(name, CHAMPION, "3")
    client.set_registered_model_alias(name, "removed", "2")
    client.delete_registered_model_alias(name, "removed")
    client.set_registered_model_tag(name, "note", "値 '%_")
    client.set_registered_model_tag(name, "gone", "soon")
    client.delete_registered_model_tag(name, "gone")
    client.set_model_version_tag(name, "3", "validated", "yes")
    client.delete_model_version_tag(name, "3", "index")
    client.update_model_version(name, "3", "renewed")
    client.delete_model_version(name, "4")
    client.rename_registered_model(name, f"{name} renamed")


def read_registry(name):
    """What `write_registry` wrote, as this client sees it."""
    from mlflow import MlflowClient

    client = MlflowClient()
    name = f"{name} renamed"
    model = client.get_registered_model(name)
    champion = client.get_model_version_by_alias(name, CHAMPION)
    found = client.search_model_versions(f"name = '{name}'", order_by=["version_number DESC"])
    latest = client.get_latest_versions(name)
    return {
        "model": [model.description, dict(model.tags)],
        "aliases": {alias: str(version) for alias, version in model.aliases.items()},
        "champion": [str(champion.version), champion.description, dict(champion.tags), list(champion.aliases)],
        "versions": [[str(each.version), each.current_stage, dict(each.tags)] for each in found],
        "latest": {each.current_stage: str(each.version) for each in latest},
        "uri": client.get_model_version_download_uri(name, "3"),
        "found": [each.name for each in client.search_registered_models(f"name LIKE '{name}%' and tags.team = 'größe'")],
    }


def expected_registry(name, source):
    """What `read_registry` returns of `write_registry`."""
    return {
        "model": [f"about {name}", {"team": "größe", "note": "値 '%_"}],
        "aliases": {CHAMPION: "3"},
        "champion": ["3", "renewed", {"validated": "yes"}, [CHAMPION]],
        "versions": [
            ["3", "Production", {"validated": "yes"}],
            ["2", "Staging", {"index": "1"}],
            ["1", "Archived", {"index": "0"}],
        ],
        "latest": {"Production": "3", "Staging": "2", "Archived": "1"},
        "uri": source,
        "found": [f"{name} renamed"],
    }


def register_models(experiment_id, name, flavor):
    """Logs a model and registers it three times, each in a way of its own, with a stage and an alias."""
    import mlflow
    from mlflow import MlflowClient

    client = MlflowClient()
    with mlflow.start_run(experiment_id=experiment_id) as run:
        info = log(flavor, registered_model_name=name)
    mlflow.register_model(f"runs:/{run.info.run_id}/model", name, tags={"by": "run"})
    mlflow.register_model(info.model_uri, name)
    client.set_registered_model_alias(name, "champion", "3")
    client.transition_model_version_stage(name, "2", "Production")
    return {"run_id": run.info.run_id, "model_id": getattr(info, "model_id", None)}


def log(flavor, **more):
    """Logs a model that doubles what it is given; with the requirements given, MLflow need not find them out."""
    import mlflow
    import pandas

    more["pip_requirements"] = ["mlflow"]
    more["name" if int(mlflow.__version__.split(".")[0]) >= 3 else "artifact_path"] = "model"
    if flavor == "sklearn":
        from sklearn.linear_model import LinearRegression

        fitted = LinearRegression().fit(pandas.DataFrame({"x": [0.0, 1.0]}), [0.0, 2.0])
        return mlflow.sklearn.log_model(fitted, **more)
    if flavor == "onnx":
        return mlflow.onnx.log_model(doubling_graph(), **more)

    class Doubler(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input, params=None):
            return [2 * each for each in model_input["x"]]

    return mlflow.pyfunc.log_model(python_model=Doubler(), **more)


def doubling_graph():
    """An ONNX model of one node, at the versions of format and operators that older runtimes have too."""
    from onnx import TensorProto, helper

    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 1])
    made = helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 1])
    graph = helper.make_graph([helper.make_node("Add", ["x", "x"], ["y"])], "double", [given], [made])
    return helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)])


def predict(uris):
    """What the models at these URIs make of 1.5."""
    import mlflow
    import numpy
    import pandas

    given = pandas.DataFrame({"x": [1.5]})
    predictions = {uri: mlflow.pyfunc.load_model(uri).predict(given) for uri in uris}
    return {uri: [round(float(each), 6) for each in numpy.ravel(made)] for uri, made in predictions.items()}
