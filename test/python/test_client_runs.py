"""Experiments and runs: made, renamed, tagged, ended, deleted and restored by MLflow's client."""

import time

import mlflow
import pytest
from mlflow.entities import ExperimentTag, Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException


def test_an_experiment_is_read_back_as_it_was_made(client, name):
    before = int(time.time() * 1000)
    experiment_id = client.create_experiment(name, tags={"team": "vision", "größe": "élevé"})
    made = client.get_experiment(experiment_id)
    assert (made.name, made.lifecycle_stage) == (name, "active")
    assert made.tags == {"team": "vision", "größe": "élevé"}
    assert before <= made.creation_time <= made.last_update_time <= int(time.time() * 1000)
    assert made.artifact_location.endswith(f"/{experiment_id}")
    assert client.get_experiment_by_name(name).experiment_id == experiment_id
    assert client.get_experiment_by_name(f"{name}-other") is None


def test_a_name_is_given_once(client, name):
    client.create_experiment(name)
    with pytest.raises(MlflowException) as error:
        client.create_experiment(name)
    assert error.value.error_code == "RESOURCE_ALREADY_EXISTS"
    # This is how scripts that run side by side come to the same experiment.
    assert mlflow.set_experiment(name).name == name


def test_an_experiment_is_renamed_and_tagged(client, experiment, name):
    client.rename_experiment(experiment, f"{name} / renamed")
    client.set_experiment_tag(experiment, "mlflow.note.content", "# A note\nwith two lines")
    client.set_experiment_tag(experiment, "gone", "soon")
    client.delete_experiment_tag(experiment, "gone")
    read = client.get_experiment(experiment)
    assert read.name == f"{name} / renamed"
    assert read.tags["mlflow.note.content"] == "# A note\nwith two lines"
    assert "gone" not in read.tags


def test_an_experiment_is_deleted_and_restored_with_its_runs(client, experiment):
    run_id = client.create_run(experiment).info.run_id
    client.delete_experiment(experiment)
    assert client.get_experiment(experiment).lifecycle_stage == "deleted"
    assert client.get_run(run_id).info.lifecycle_stage == "deleted"
    deleted = client.search_experiments(view_type=ViewType.DELETED_ONLY)
    assert experiment in [each.experiment_id for each in deleted]
    with pytest.raises(MlflowException):
        client.create_run(experiment)
    client.restore_experiment(experiment)
    assert client.get_experiment(experiment).lifecycle_stage == "active"
    assert client.get_run(run_id).info.lifecycle_stage == "active"


def test_a_run_is_deleted_and_restored(client, experiment, run_id):
    client.delete_run(run_id)
    assert client.get_run(run_id).info.lifecycle_stage == "deleted"
    assert client.search_runs([experiment]) == []
    deleted = client.search_runs([experiment], run_view_type=ViewType.DELETED_ONLY)
    assert [each.info.run_id for each in deleted] == [run_id]
    with pytest.raises(MlflowException):
        client.log_metric(run_id, "late", 1)
    client.restore_run(run_id)
    assert [each.info.run_id for each in client.search_runs([experiment])] == [run_id]
    client.log_metric(run_id, "late", 1)


@pytest.mark.parametrize("status", ["FINISHED", "FAILED", "KILLED"])
def test_a_run_ends_with_a_status(client, run_id, status):
    client.set_terminated(run_id, status=status, end_time=1_700_000_000_123)
    info = client.get_run(run_id).info
    assert (info.status, info.end_time) == (status, 1_700_000_000_123)


def test_a_run_is_renamed_and_its_status_changed(client, run_id):
    client.update_run(run_id, status="SCHEDULED", name="a new name 🎉")
    run = client.get_run(run_id)
    assert (run.info.status, run.info.run_name) == ("SCHEDULED", "a new name 🎉")
    assert run.data.tags["mlflow.runName"] == "a new name 🎉"
    client.set_tag(run_id, "mlflow.runName", "named by its tag")
    assert client.get_run(run_id).info.run_name == "named by its tag"


def test_a_script_that_fails_leaves_a_failed_run(client, experiment):
    with pytest.raises(ZeroDivisionError), mlflow.start_run() as run:
        mlflow.log_param("before", "the failure")
        1 / 0  # noqa: B018
    read = client.get_run(run.info.run_id)
    assert (read.info.status, read.data.params) == ("FAILED", {"before": "the failure"})


def test_nested_runs_name_their_parent(client, experiment):
    with mlflow.start_run(run_name="parent", tags={"k": "v"}, description="a text") as parent:
        with mlflow.start_run(run_name="child", nested=True) as child:
            mlflow.log_metric("loss", 0.5)
    read = client.get_run(child.info.run_id)
    assert read.data.tags["mlflow.parentRunId"] == parent.info.run_id
    assert client.get_parent_run(child.info.run_id).info.run_name == "parent"
    assert client.get_run(parent.info.run_id).data.tags["mlflow.note.content"] == "a text"
    children = client.search_runs([experiment], f"tags.mlflow.parentRunId = '{parent.info.run_id}'")
    assert [each.info.run_id for each in children] == [child.info.run_id]


def test_a_run_is_taken_up_again(client, experiment):
    with mlflow.start_run() as first:
        mlflow.log_metric("loss", 1, step=0)
    with mlflow.start_run(run_id=first.info.run_id):
        assert client.get_run(first.info.run_id).info.status == "RUNNING"
        mlflow.log_metric("loss", 2, step=1)
    read = client.get_run(first.info.run_id)
    assert (read.info.status, read.data.metrics) == ("FINISHED", {"loss": 2.0})


def test_a_param_is_written_once(client, run_id):
    client.log_param(run_id, "lr", 0.1)
    client.log_param(run_id, "lr", 0.1)
    with pytest.raises(MlflowException) as error:
        client.log_param(run_id, "lr", 0.2)
    assert error.value.error_code == "INVALID_PARAMETER_VALUE"
    assert client.get_run(run_id).data.params == {"lr": "0.1"}


def test_tags_are_set_again_and_deleted(client, run_id):
    client.set_tag(run_id, "stage", "one")
    client.set_tag(run_id, "stage", "two")
    client.set_tag(run_id, "empty", "")
    tags = client.get_run(run_id).data.tags
    assert (tags["stage"], tags["empty"]) == ("two", "")
    client.delete_tag(run_id, "stage")
    assert "stage" not in client.get_run(run_id).data.tags
    with pytest.raises(MlflowException) as error:
        client.delete_tag(run_id, "stage")
    assert error.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_what_does_not_exist_is_said_to_be_missing(client):
    for ask in (
        lambda: client.get_run("0" * 32),
        lambda: client.get_experiment("987654321"),
        lambda: client.log_metric("0" * 32, "loss", 1),
        lambda: client.delete_run("0" * 32),
    ):
        with pytest.raises(MlflowException) as error:
            ask()
        assert error.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_keys_and_values_of_any_script(client, run_id):
    keys = ["val/loss", "a b.c-d_e", "größe", "損失", "step:1"]
    client.log_batch(
        run_id,
        metrics=[Metric(key, index + 0.5, 1, 0) for index, key in enumerate(keys)],
        params=[Param(key, f"{key} → 値 \n'\"\\%_") for key in keys],
        tags=[RunTag(key, f"{key} 🎉") for key in keys],
    )
    data = client.get_run(run_id).data
    assert data.metrics == {key: index + 0.5 for index, key in enumerate(keys)}
    assert data.params == {key: f"{key} → 値 \n'\"\\%_" for key in keys}
    assert {key: data.tags[key] for key in keys} == {key: f"{key} 🎉" for key in keys}
    for key in keys:
        assert [each.value for each in client.get_metric_history(run_id, key)] == [data.metrics[key]]


def test_a_long_param_has_mlflows_limit(client, run_id):
    client.log_param(run_id, "fits", "x" * 6000)
    assert client.get_run(run_id).data.params["fits"] == "x" * 6000
    client.log_param(run_id, "cut", "y" * 6001)
    assert client.get_run(run_id).data.params["cut"] == "y" * 6000


def test_datasets_are_inputs_of_a_run(client, experiment):
    import pandas

    frame = pandas.DataFrame({"x": [1.0, 2.0], "y": [0, 1]})
    dataset = mlflow.data.from_pandas(frame, name="points", targets="y")
    with mlflow.start_run() as run:
        mlflow.log_input(dataset, context="training", tags={"split": "a"})
    (given,) = client.get_run(run.info.run_id).inputs.dataset_inputs
    assert (given.dataset.name, given.dataset.digest) == ("points", dataset.digest)
    assert {tag.key: tag.value for tag in given.tags} == {"mlflow.data.context": "training", "split": "a"}
    found = client.search_runs([experiment], "dataset.name = 'points' and dataset.context = 'training'")
    assert [each.info.run_id for each in found] == [run.info.run_id]


def test_experiment_tags_come_with_its_making(client, name):
    experiment_id = client.create_experiment(name, tags={"a": "1"})
    client.set_experiment_tag(experiment_id, "a", "2")
    (found,) = client.search_experiments(filter_string=f"name = '{name}' and tags.a = '2'")
    assert found.tags == {ExperimentTag("a", "2").key: "2"}
