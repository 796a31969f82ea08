"""Searches by MLflow's client: filters, order and pages. The whole grammar has its tests in test/unit/search."""

import mlflow
import pytest
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException


@pytest.fixture
def runs(client, experiment):
    """Twelve runs, oldest first, with a loss that falls and a kind that alternates."""
    made = []
    for index in range(12):
        run = client.create_run(experiment, start_time=1_700_000_000_000 + index, run_name=f"run {index:02}")
        client.log_batch(
            run.info.run_id,
            metrics=[Metric("val/loss", 1 - index / 20, 1, 1)] + ([Metric("acc", 0.9, 1, 1)] if index == 4 else []),
            params=[Param("kind", "Tree" if index % 2 else "linear"), Param("depth", str(index))],
            tags=[RunTag("note", f"100% of_{index}")],
        )
        client.set_terminated(run.info.run_id, "FAILED" if index == 7 else "FINISHED")
        made.append(run.info.run_id)
    return made


FILTERS = [
    ("metrics.`val/loss` < 0.55", [10, 11]),
    ('metrics."val/loss" >= 0.95 and params.kind = \'Tree\'', [1]),
    ("metrics.acc = 0.9", [4]),
    ("params.kind LIKE 't%'", []),
    ("params.kind ILIKE 't%' and params.depth != '1'", [3, 5, 7, 9, 11]),
    ("tags.note LIKE '100% of_1'", [1]),
    ("status = 'FAILED'", [7]),
    ("attributes.status != 'FINISHED'", [7]),
    ("run_name = 'run 03'", [3]),
    ("attributes.start_time <= 1700000000001", [0, 1]),
    ("tags.mlflow.runName ILIKE 'RUN 1%'", [10, 11]),
    ("params.nothing = 'x'", []),
]


@pytest.mark.parametrize(("filter_string", "expected"), FILTERS, ids=[each[0] for each in FILTERS])
def test_runs_by_filter(client, experiment, runs, filter_string, expected):
    found = client.search_runs([experiment], filter_string, order_by=["start_time ASC"])
    assert [runs.index(run.info.run_id) for run in found] == expected


def test_runs_by_ids(client, experiment, runs):
    found = client.search_runs([experiment], f"run_id IN ('{runs[2]}', '{runs[5]}')")
    assert {run.info.run_id for run in found} == {runs[2], runs[5]}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ([], list(reversed(range(12)))),
        (["metrics.`val/loss` ASC"], list(reversed(range(12)))),
        (["metrics.acc DESC", "attributes.start_time ASC"], [4, 0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11]),
        (["params.kind ASC", "start_time DESC"], [11, 9, 7, 5, 3, 1, 10, 8, 6, 4, 2, 0]),
        (["run_name DESC"], list(reversed(range(12)))),
    ],
)
def test_runs_in_order_and_in_pages(client, experiment, runs, order, expected):
    found, token, pages = [], None, 0
    while True:
        page = client.search_runs([experiment], order_by=order, max_results=5, page_token=token)
        found += [runs.index(run.info.run_id) for run in page]
        pages += 1
        token = page.token
        if not token:
            break
    assert found == expected
    assert pages == 3


def test_runs_as_a_table(client, experiment, runs):
    table = mlflow.search_runs([experiment], "params.kind = 'Tree'", order_by=["metrics.`val/loss` DESC"])
    assert list(table["run_id"]) == [runs[index] for index in (1, 3, 5, 7, 9, 11)]
    assert list(table["metrics.val/loss"]) == [1 - index / 20 for index in (1, 3, 5, 7, 9, 11)]
    assert set(table["params.kind"]) == {"Tree"}


@pytest.mark.parametrize("filter_string", ["metrics.loss > 'x'", "loss", "params.a > 'b'", "nothing.a = 'b'"])
def test_a_wrong_filter_is_refused(client, experiment, filter_string):
    with pytest.raises(MlflowException) as error:
        client.search_runs([experiment], filter_string)
    assert error.value.error_code == "INVALID_PARAMETER_VALUE"


def test_experiments_by_filter_and_in_pages(client, name):
    for index in range(5):
        client.create_experiment(f"{name}-{index}", tags={"batch": name, "part": str(index % 2)})
    ours = f"tags.batch = '{name}'"
    found, token = [], None
    while True:
        page = client.search_experiments(filter_string=ours, order_by=["name DESC"], max_results=2, page_token=token)
        found += [each.name for each in page]
        token = page.token
        if not token:
            break
    assert found == [f"{name}-{index}" for index in reversed(range(5))]
    odd = client.search_experiments(filter_string=f"{ours} and tags.part = '1' and name LIKE '{name}-%'")
    assert {each.name for each in odd} == {f"{name}-1", f"{name}-3"}
