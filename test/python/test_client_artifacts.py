"""Artifacts up and down, kept in files beside the database or behind the server; models among them."""

import json
import os
from dataclasses import dataclass

import mlflow
import numpy
import pytest
from mlflow.exceptions import MlflowException


@dataclass
class Place:
    """Where artifacts go: a client, an experiment of this test, and how its artifact location begins."""

    client: mlflow.MlflowClient
    experiment_id: str
    location: str


@pytest.fixture(params=["files", "server"])
def place(request, name):
    behind = request.param == "server"
    client = request.getfixturevalue("artifact_client" if behind else "client")
    experiment_id = client.create_experiment(name)
    mlflow.set_experiment(experiment_id=experiment_id)
    folder = request.getfixturevalue("artifact_server" if behind else "server").folder
    location = client.get_experiment(experiment_id).artifact_location
    assert location.startswith("mlflow-artifacts:/" if behind else (str(folder), folder.as_uri()))
    return Place(client, experiment_id, location)


def tree(client, run_id, path=None):
    """Paths and sizes of all artifacts; folders have no size, and MLflow's server tells none of an empty file."""
    found = {}
    for entry in client.list_artifacts(run_id, path):
        found[entry.path] = None if entry.is_dir else entry.file_size or 0
        if entry.is_dir:
            found |= tree(client, run_id, entry.path)
    return found


def test_a_folder_up_and_down(place, tmp_path):
    source = tmp_path / "source"
    (source / "deep" / "er").mkdir(parents=True)
    (source / "empty.txt").write_text("")
    (source / "größe + ü (1).txt").write_text("naïve 値", "utf-8")
    big = os.urandom(3_000_000)
    (source / "deep" / "er" / "big.bin").write_bytes(big)
    run_id = place.client.create_run(place.experiment_id).info.run_id
    place.client.log_artifacts(run_id, str(source), "up")
    place.client.log_artifact(run_id, str(source / "empty.txt"))
    assert tree(place.client, run_id) == {
        "empty.txt": 0,
        "up": None,
        "up/empty.txt": 0,
        "up/größe + ü (1).txt": len("naïve 値".encode()),
        "up/deep": None,
        "up/deep/er": None,
        "up/deep/er/big.bin": len(big),
    }
    down = tmp_path / "down"
    down.mkdir()
    place.client.download_artifacts(run_id, "up", str(down))
    assert (down / "up" / "deep" / "er" / "big.bin").read_bytes() == big
    assert (down / "up" / "größe + ü (1).txt").read_text("utf-8") == "naïve 値"
    assert (down / "up" / "empty.txt").read_bytes() == b""
    one = mlflow.artifacts.download_artifacts(f"runs:/{run_id}/up/deep/er/big.bin", dst_path=str(tmp_path / "one"))
    assert os.path.getsize(one) == len(big)


def test_a_file_written_again_is_replaced(place):
    run_id = place.client.create_run(place.experiment_id).info.run_id
    place.client.log_text(run_id, "first and longer", "a/notes.txt")
    place.client.log_text(run_id, "second", "a/notes.txt")
    assert mlflow.artifacts.load_text(f"runs:/{run_id}/a/notes.txt") == "second"


def test_text_dictionaries_images_and_tables(place):
    with mlflow.start_run() as run:
        mlflow.log_text("naïve\n値", "notes.md")
        mlflow.log_dict({"a": [1, {"b": "ü"}]}, "config/values.json")
        mlflow.log_dict({"a": 1}, "config/values.yaml")
        mlflow.log_image(numpy.zeros((8, 6, 3), dtype=numpy.uint8), "black.png")
        mlflow.log_image(numpy.full((8, 6, 3), 255, dtype=numpy.uint8), key="white", step=3)
        mlflow.log_table({"x": [1, 2], "y": ["a", "b"]}, "table.json")
    mlflow.flush_artifact_async_logging()
    uri = f"runs:/{run.info.run_id}"
    assert mlflow.artifacts.load_text(f"{uri}/notes.md") == "naïve\n値"
    assert mlflow.artifacts.load_dict(f"{uri}/config/values.json") == {"a": [1, {"b": "ü"}]}
    assert mlflow.artifacts.load_image(f"{uri}/black.png").size == (6, 8)
    assert list(mlflow.load_table("table.json", run_ids=[run.info.run_id])["y"]) == ["a", "b"]
    steps = [entry.path for entry in place.client.list_artifacts(run.info.run_id, "images")]
    assert any("white" in path and path.endswith(".png") for path in steps), steps
    tags = place.client.get_run(run.info.run_id).data.tags
    assert json.loads(tags["mlflow.loggedArtifacts"])[0]["path"] == "table.json"


def test_artifacts_are_deleted(place):
    from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

    run = place.client.create_run(place.experiment_id)
    for path in ("keep.txt", "gone/one.txt", "gone/two.txt"):
        place.client.log_text(run.info.run_id, path, path)
    repository = get_artifact_repository(run.info.artifact_uri)
    repository.delete_artifacts("gone/one.txt")
    assert tree(place.client, run.info.run_id) == {"keep.txt": 8, "gone": None, "gone/two.txt": 12}


def test_what_is_not_there(place, tmp_path):
    run_id = place.client.create_run(place.experiment_id).info.run_id
    assert place.client.list_artifacts(run_id) == []
    assert place.client.list_artifacts(run_id, "nothing/here") == []
    with pytest.raises((MlflowException, OSError)):
        place.client.download_artifacts(run_id, "nothing.txt", str(tmp_path))


class Doubler(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input: list[float]) -> list[float]:
        return [2 * each for each in model_input]


def test_a_model_of_ones_own(place):
    with mlflow.start_run() as run:
        logged = mlflow.pyfunc.log_model(
            name="doubler", python_model=Doubler(), pip_requirements=["mlflow"], params={"factor": 2}
        )
    model = mlflow.get_logged_model(logged.model_id)
    assert (model.status, model.name, model.source_run_id) == ("READY", "doubler", run.info.run_id)
    assert model.artifact_location.startswith(place.location)
    for uri in (logged.model_uri, f"models:/{logged.model_id}", f"runs:/{run.info.run_id}/doubler"):
        assert mlflow.pyfunc.load_model(uri).predict([1.5, 2.0]) == [3.0, 4.0]
    outputs = place.client.get_run(run.info.run_id).outputs.model_outputs
    assert [each.model_id for each in outputs] == [logged.model_id]
    found = place.client.search_logged_models([place.experiment_id])
    assert [each.model_id for each in found] == [logged.model_id]
    assert any(entry.path == "MLmodel" for entry in place.client.list_logged_model_artifacts(logged.model_id))
