"""Evaluation datasets by MLflow's client, through us and directly in the database."""

import mlflow
import pytest
from mlflow.exceptions import MlflowException
from mlflow.genai import datasets

from support.servers import start_ours

RECORDS = [
    {"inputs": {"q": "größe", "n": 1}, "expectations": {"x": 1.0}},
    {"inputs": {"q": "b"}, "outputs": "text", "tags": {"t": "v"}},
]


@pytest.fixture
def dataset(client, experiment, name):
    """A dataset of two records in the experiment."""
    made = datasets.create_dataset(name=name, experiment_id=experiment, tags={"team": "a"})
    made.merge_records(RECORDS)
    return made


def records_of(dataset_id):
    """The records by their questions, as the client has them."""
    table = datasets.get_dataset(dataset_id=dataset_id).to_df()
    return {row["inputs"]["q"]: row for row in table.to_dict("records")}


def test_a_dataset_is_read_as_it_was(dataset, name, experiment):
    read = datasets.get_dataset(dataset_id=dataset.dataset_id)
    assert (read.name, read.tags["team"], read.experiment_ids) == (name, "a", [experiment])
    assert read.digest != "" and read.profile == '{"num_records": 2}'
    records = records_of(dataset.dataset_id)
    assert records["größe"]["inputs"] == {"q": "größe", "n": 1}
    assert records["größe"]["expectations"] == {"x": 1.0}
    assert (records["b"]["outputs"], records["b"]["tags"]["t"]) == ("text", "v")


def test_records_with_the_same_inputs_are_one(dataset):
    dataset.merge_records([{"inputs": {"n": 1, "q": "größe"}, "expectations": {"y": [1]}}, {"inputs": {"q": "new"}}])
    records = records_of(dataset.dataset_id)
    assert set(records) == {"größe", "b", "new"}
    assert records["größe"]["expectations"] == {"x": 1.0, "y": [1]}


def test_the_database_directly(dataset, server):
    """MLflow itself finds our record by its inputs: the hashes are the same."""
    uri = f"sqlite:///{server.database}"
    mlflow.set_tracking_uri(uri)
    read = datasets.get_dataset(dataset_id=dataset.dataset_id)
    assert read.to_df().shape[0] == 2
    read.merge_records([{"inputs": {"q": "größe", "n": 1}, "expectations": {"z": "directly"}}])
    mlflow.set_tracking_uri(server.uri)
    records = records_of(dataset.dataset_id)
    assert len(records) == 2
    assert records["größe"]["expectations"] == {"x": 1.0, "z": "directly"}


def test_records_of_traces(client, experiment, dataset):
    @mlflow.trace
    def answer(question):
        return question.upper()

    answer("why")
    trace_id = mlflow.get_last_active_trace_id()
    mlflow.flush_trace_async_logging()
    dataset.merge_records(mlflow.search_traces(locations=[experiment]))
    table = datasets.get_dataset(dataset_id=dataset.dataset_id).to_df()
    (row,) = [each for each in table.to_dict("records") if each["source_type"] == "TRACE"]
    assert (row["inputs"], row["outputs"], row["source_id"]) == ({"question": "why"}, "WHY", trace_id)


def test_tags_experiments_and_search(client, dataset, experiment, name):
    other = client.create_experiment(f"{name}-other")
    datasets.set_dataset_tags(dataset_id=dataset.dataset_id, tags={"b": "2"})
    datasets.delete_dataset_tag(dataset_id=dataset.dataset_id, key="team")
    datasets.add_dataset_to_experiments(dataset_id=dataset.dataset_id, experiment_ids=[other])
    datasets.remove_dataset_from_experiments(dataset_id=dataset.dataset_id, experiment_ids=[experiment])
    read = datasets.get_dataset(dataset_id=dataset.dataset_id)
    assert ("team" in read.tags, read.tags["b"], read.experiment_ids) == (False, "2", [other])
    for experiments, filter_string, found in (
        ([other], None, 1),
        ([experiment], None, 0),
        ([other], f"name LIKE '{name[:5]}%' AND tags.b = '2'", 1),
        ([other], "tags.b = '3'", 0),
    ):
        assert len(datasets.search_datasets(experiment_ids=experiments, filter_string=filter_string)) == found


def test_many_records_and_their_deletion(client, dataset):
    dataset.merge_records([{"inputs": {"q": f"question {index}"}} for index in range(1500)])
    table = datasets.get_dataset(dataset_id=dataset.dataset_id).to_df()
    assert len(table) == 1502
    dropped = list(table["dataset_record_id"][:2])
    assert client._tracking_client.store.delete_dataset_records(dataset.dataset_id, dropped) == 2
    assert len(datasets.get_dataset(dataset_id=dataset.dataset_id).to_df()) == 1500
    datasets.delete_dataset(dataset_id=dataset.dataset_id)
    with pytest.raises(MlflowException) as error:
        datasets.get_dataset(dataset_id=dataset.dataset_id)
    assert error.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_a_database_that_is_too_old_says_so(tmp_path):
    with start_ours(tmp_path, "--mlflow-release", "3.1.4") as server:
        mlflow.set_tracking_uri(server.uri)
        with pytest.raises(MlflowException, match="mlflow db upgrade"):
            datasets.create_dataset(name="new", experiment_id="0")
