"""Metrics as MLflow's client logs and reads them: histories, odd numbers, full batches, logging in the background."""

import math
import time

import mlflow
import pytest
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException


def test_a_history_has_every_value_and_the_run_the_last(client, run_id):
    for step in (3, 1, 2):
        client.log_metric(run_id, "loss", step / 10, timestamp=1000 + step, step=step)
    history = client.get_metric_history(run_id, "loss")
    assert sorted((each.step, each.timestamp, each.value) for each in history) == [
        (1, 1001, 0.1),
        (2, 1002, 0.2),
        (3, 1003, 0.3),
    ]
    assert client.get_run(run_id).data.metrics == {"loss": 0.3}


def test_the_last_value_is_that_of_the_greatest_step_then_time_then_value(client, run_id):
    for step, timestamp, value in [(5, 10, 1.0), (4, 99, 2.0), (5, 20, 3.0), (5, 20, 2.5), (-7, 100, 9.0)]:
        client.log_metric(run_id, "loss", value, timestamp=timestamp, step=step)
    assert client.get_run(run_id).data.metrics == {"loss": 3.0}
    assert len(client.get_metric_history(run_id, "loss")) == 5


def test_numbers_that_are_none_and_without_end(client, run_id):
    values = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
    for key, value in values.items():
        client.log_metric(run_id, key, value)
    read = client.get_run(run_id).data.metrics
    assert math.isnan(read["nan"])
    # MLflow keeps an infinity as the greatest double.
    greatest = 1.7976931348623157e308
    assert (read["inf"], read["-inf"]) == (greatest, -greatest)
    assert math.isnan(client.get_metric_history(run_id, "nan")[0].value)


@pytest.mark.parametrize("value", [0.1 + 0.2, 1e-320, -0.0, 2**53 + 1, 5e300, True])
def test_a_double_comes_back_to_the_last_bit(client, run_id, value):
    client.log_metric(run_id, "m", value)
    assert client.get_run(run_id).data.metrics["m"] == float(value)
    assert client.get_metric_history(run_id, "m")[0].value == float(value)


def test_steps_and_times_of_64_bits(client, run_id):
    client.log_metric(run_id, "m", 1, timestamp=2**53 + 1, step=-(2**53) - 1)
    client.log_metric(run_id, "m", 2, timestamp=2**53 + 3, step=2**62 + 1)
    history = sorted(client.get_metric_history(run_id, "m"), key=lambda each: each.value)
    assert [(each.timestamp, each.step) for each in history] == [(2**53 + 1, -(2**53) - 1), (2**53 + 3, 2**62 + 1)]


def test_a_full_batch(client, run_id):
    now = int(time.time() * 1000)
    metrics = [Metric(f"m{index % 10}", index * 0.25, now, index) for index in range(800)]
    params = [Param(f"p{index}", str(index)) for index in range(100)]
    tags = [RunTag(f"t{index}", str(index)) for index in range(100)]
    client.log_batch(run_id, metrics=metrics, params=params, tags=tags)
    data = client.get_run(run_id).data
    assert data.params == {param.key: param.value for param in params}
    assert {tag.key: data.tags[tag.key] for tag in tags} == {tag.key: tag.value for tag in tags}
    assert data.metrics == {f"m{index % 10}": index * 0.25 for index in range(790, 800)}


def test_ten_batches_of_a_thousand_metrics_read_in_pages(client, run_id):
    for batch in range(10):
        steps = range(batch * 1000, (batch + 1) * 1000)
        client.log_batch(run_id, metrics=[Metric("loss", step * 0.5, step, step) for step in steps])
    history = client.get_metric_history(run_id, "loss")
    assert [(each.step, each.value) for each in sorted(history, key=lambda each: each.step)] == [
        (step, step * 0.5) for step in range(10_000)
    ]
    paged, token = [], None
    while True:
        page = client._tracking_client.store.get_metric_history(run_id, "loss", max_results=3000, page_token=token)
        paged += page
        token = page.token
        if not token:
            break
    assert sorted(each.step for each in paged) == list(range(10_000))


def test_a_batch_logged_again_changes_nothing(client, run_id):
    batch = [Metric("loss", 0.5, 17, 3), Metric("loss", 0.25, 18, 4)]
    client.log_batch(run_id, metrics=batch)
    client.log_batch(run_id, metrics=batch)
    assert len(client.get_metric_history(run_id, "loss")) == 2


def test_a_batch_with_one_bad_part_writes_nothing(client, run_id):
    client.log_param(run_id, "lr", "1")
    with pytest.raises(MlflowException) as error:
        client.log_batch(
            run_id,
            metrics=[Metric("loss", 1, 1, 1)],
            params=[Param("other", "1"), Param("lr", "2")],
            tags=[RunTag("t", "1")],
        )
    assert error.value.error_code == "INVALID_PARAMETER_VALUE"
    data = client.get_run(run_id).data
    assert data.params == {"lr": "1"}
    assert "t" not in data.tags


def test_metrics_logged_by_the_fluent_interface(client, experiment):
    with mlflow.start_run() as run:
        for step in range(5):
            mlflow.log_metrics({"loss": 1 / (step + 1), "acc": step / 5}, step=step)
    history = client.get_metric_history(run.info.run_id, "acc")
    assert [each.value for each in history] == [step / 5 for step in range(5)]


def test_logging_in_the_background_loses_nothing(client, experiment):
    with mlflow.start_run() as run:
        for step in range(500):
            mlflow.log_metric("loss", step * 0.5, step=step, synchronous=False)
        mlflow.log_params({f"p{index}": index for index in range(20)}, synchronous=False)
        mlflow.set_tags({"kind": "async"}, synchronous=False)
    mlflow.flush_async_logging()
    history = client.get_metric_history(run.info.run_id, "loss")
    assert sorted((each.step, each.value) for each in history) == [(step, step * 0.5) for step in range(500)]
    data = client.get_run(run.info.run_id).data
    assert data.params == {f"p{index}": str(index) for index in range(20)}
    assert data.tags["kind"] == "async"


def test_a_metric_belongs_to_a_dataset_and_a_model(client, experiment):
    import pandas

    dataset = mlflow.data.from_pandas(pandas.DataFrame({"x": [1.0]}), name="points")
    model = mlflow.initialize_logged_model(name="m", params={"depth": "3"}, tags={"kind": "tree"})
    with mlflow.start_run() as run:
        mlflow.log_metric("acc", 0.75, step=2, dataset=dataset, model_id=model.model_id)
    mlflow.finalize_logged_model(model.model_id, "READY")
    read = mlflow.get_logged_model(model.model_id)
    assert (read.status, read.params, read.tags["kind"]) == ("READY", {"depth": "3"}, "tree")
    (metric,) = read.metrics
    assert (metric.key, metric.value, metric.step, metric.run_id) == ("acc", 0.75, 2, run.info.run_id)
    assert (metric.dataset_name, metric.dataset_digest) == ("points", dataset.digest)
    found = client.search_logged_models([experiment], filter_string="metrics.acc > 0.5 and params.depth = '3'")
    assert [each.model_id for each in found] == [model.model_id]
