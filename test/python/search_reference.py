"""Records what MLflow's own SQL store answers to searches, for test/unit/search.

Makes a database with awkward runs, experiments and logged models in it, asks it everything in CASES and
writes the schema, the rows and the answers to test/fixtures/search/reference.json. Ids and times are
counted, so that the same MLflow writes the same file.

    python test/python/search_reference.py            # writes the fixture
    python test/python/search_reference.py --check    # fails where the fixture differs
"""

import argparse
import contextlib
import itertools
import json
import math
import os
import sqlite3
import sys
import tempfile
import uuid
from pathlib import Path
from unittest import mock

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("DO_NOT_TRACK", "true")

import mlflow  # noqa: E402
from mlflow.entities import (  # noqa: E402
    Dataset,
    DatasetInput,
    ExperimentTag,
    InputTag,
    LoggedModelParameter,
    LoggedModelStatus,
    LoggedModelTag,
    Metric,
    Param,
    RunStatus,
    RunTag,
    ViewType,
)
from mlflow.exceptions import MlflowException  # noqa: E402
from mlflow.store.tracking import sqlalchemy_store  # noqa: E402

sys.path.insert(0, str(Path(__file__).parent))
from search_cases import EXPERIMENT_CASES, MODEL_CASES, RUN_CASES  # noqa: E402

FIXTURE = Path(__file__).parent.parent / "fixtures" / "search" / "reference.json"
TABLES = [
    "experiments",
    "experiment_tags",
    "runs",
    "latest_metrics",
    "params",
    "tags",
    "datasets",
    "inputs",
    "input_tags",
    "logged_models",
    "logged_model_metrics",
    "logged_model_params",
    "logged_model_tags",
]
T0 = 1_700_000_000_000


@contextlib.contextmanager
def counted():
    """Lets ids and times be counted."""
    ids = itertools.count(1)
    # Multiplied by an odd number, so that the order of the ids is not the order of creation.
    fake_id = lambda: uuid.UUID(int=(next(ids) * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128)  # noqa: E731
    times = itertools.count(T0, 1000)
    with (
        mock.patch("uuid.uuid4", fake_id),
        mock.patch.object(sqlalchemy_store, "get_current_time_millis", lambda: next(times)),
    ):
        yield


def metric(key, value, step=0, timestamp=T0, **more):
    return Metric(key, value, timestamp, step, **more)


def dataset(name, digest, context=None):
    tags = [InputTag("mlflow.data.context", context)] if context else []
    return DatasetInput(Dataset(name, digest, "local", "{}", None, None), tags)


# name, user, start offset, status, metrics, params, tags, datasets
RUNS = [
    ("first", "ann", 10, "FINISHED", {"acc": 0.9, "loss": 0.1}, {"lr": "0.1", "opt": "adam"}, {"team": "vision"}, [("mnist", "aaa", "train")]),
    ("second", "bob", 20, "FINISHED", {"acc": 0.8, "loss": math.nan}, {"lr": "0.01", "opt": "Adam"}, {"team": "Vision"}, [("mnist", "bbb", "test")]),
    ("third", "ann", 30, "FAILED", {"acc": math.nan, "loss": 0.3}, {"lr": "0.001", "opt": "sgd"}, {"team": "nlp"}, [("mnist", "aaa", "eval"), ("cifar", "ccc", "train")]),
    ("fourth", "cy", 30, "KILLED", {"acc": math.inf}, {"lr": "1e-3"}, {}, [("CIFAR", "ccc", None)]),
    ("fifth", "cy", 30, None, {"acc": -math.inf, "loss": 0}, {"opt": ""}, {"team": ""}, []),
    ("sixth", "", 40, "FINISHED", {}, {}, {}, []),
    ("quote's", "ann", 50, "FINISHED", {"acc": 0.8}, {"quoted": "it's", "lr": "0.1"}, {"say": 'he said "hi"'}, []),
    ('double"', "ann", 60, "FINISHED", {"acc": -0.0}, {"quoted": 'a "b" c'}, {"say": "it''s"}, []),
    ("back\\slash", "ann", 70, "FINISHED", {"acc": 1}, {"quoted": "C:\\dir\\file", "tick": "`x`"}, {}, []),
    ("100%", "dee", 80, "FINISHED", {"acc": 100}, {"pattern": "100%"}, {"mark": "a_b"}, []),
    ("100x", "dee", 90, "FINISHED", {"acc": 1e-9}, {"pattern": "100 percent"}, {"mark": "axb"}, []),
    ("naïve Straße", "éva", 100, "FINISHED", {"métrique": 1.5}, {"clé": "ÉTÉ"}, {"langue": "français"}, [("données", "ddd", "entraînement")]),
    ("日本語", "éva", 110, "FINISHED", {"精度": 2.5}, {"鍵": "値"}, {"emoji": "rocket 🚀 end"}, []),
    ("été", "éva", 120, "FINISHED", {}, {"clé": "été"}, {"emoji": "🚀"}, []),
    ("slashed", "flo", 130, "FINISHED", {"val/loss": 0.5, "val.loss": 0.6, "val loss": 0.7, "val-loss": 0.8}, {"a/b": "1", "a.b": "2", "a b": "3", "a-b": "4"}, {"x/y": "z"}, []),
    ("keywords", "flo", 140, "FINISHED", {"count": 1, "order": 2, "select": 3, "1a": 4, "in": 5, "desc": 6}, {"in": "x", "is": "y", "like": "z", "null": "n", "and": "&", "or": "|", "not": "!", "key": "k", "name": "N", "type": "t"}, {}, []),
    ("unnamed", "gus", 150, "FINISHED", {"acc": 0.8000000000000002}, {"lr": " 0.1 "}, {"padded": "  x  "}, []),
    ("parent", "gus", 160, None, {"acc": 5e-324}, {}, {"mlflow.note.content": "line one\nline two"}, []),
    ("child", "gus", 170, None, {"acc": 9007199254740993}, {}, {"mlflow.parentRunId": "PARENT"}, []),
    ("SECOND", "Bob", 180, "FINISHED", {"acc": 0.5, "loss": 0.5}, {"LR": "0.1"}, {"Team": "vision"}, [("Mnist", "AAA", "Train")]),
    ("ﬀ", "hal", 190, "FINISHED", {"loss": 1.7976931348623157e308}, {"sorted": "\U0001f600"}, {}, []),
    ("big", "hal", 200, "FINISHED", {"loss": -1e308}, {"sorted": "\uff21"}, {}, []),
    ("elsewhere", "ann", 10, "FINISHED", {"acc": 0.9}, {"lr": "0.1"}, {"team": "vision"}, [("mnist", "aaa", "train")]),
    ("deleted", "ann", 15, "FINISHED", {"acc": 0.95}, {"lr": "0.1"}, {"team": "vision"}, []),
]  # fmt: skip


def fill_experiments(store):
    for name, tags in [
        ("Alpha", {"owner": "ann", "stage": "prod"}),
        ("beta_100%", {"owner": "Ann"}),
        ("Gamma/δ", {"note": "it's", "owner": ""}),
        ("alpha", {"my key": "1", "a/b": "2"}),
        ("gone", {"owner": "ann"}),
        ("old", {}),
        ("older", {"owner": "bob"}),
    ]:
        experiment = store.create_experiment(name, tags=[ExperimentTag(*tag) for tag in tags.items()])
        if name == "gone":
            store.delete_experiment(experiment)


def fill_runs(store):
    ids = []
    for name, user, start, status, metrics, params, tags, datasets in RUNS:
        experiment = "2" if name == "elsewhere" else "1"
        run = store.create_run(experiment, user, T0 + start, [], name)
        run_id = run.info.run_id
        ids.append(run_id)
        tags = {key: ids[-2] if value == "PARENT" else value for key, value in tags.items()}
        store.log_batch(
            run_id,
            [metric(*item) for item in metrics.items()],
            [Param(*item) for item in params.items()],
            [RunTag(*item) for item in tags.items()],
        )
        if datasets:
            store.log_inputs(run_id, [dataset(*item) for item in datasets])
        if status:
            store.update_run_info(run_id, RunStatus.from_string(status), T0 + start + 5, None)
        if name == "deleted":
            store.delete_run(run_id)
    return ids


def fill_models(store, run_ids):
    specs = [
        ("one", "sklearn", run_ids[0], {"depth": "3"}, {"use": "prod"}, "READY"),
        ("two", "torch", run_ids[1], {"depth": "10"}, {"use": "Prod"}, "FAILED"),
        ("One", None, None, {}, {}, "READY"),
        ("its", "sklearn", run_ids[0], {"a/b": "x", "my key": "y"}, {"t%": "100%", "q": "it's"}, "PENDING"),
        ("gone", "sklearn", run_ids[0], {"depth": "3"}, {}, "READY"),
    ]
    models = []
    for name, model_type, run_id, params, tags, status in specs:
        model = store.create_logged_model(
            "1",
            name,
            run_id,
            [LoggedModelTag(*item) for item in tags.items()],
            [LoggedModelParameter(*item) for item in params.items()],
            model_type,
        )
        models.append(model.model_id)
        if status != "PENDING":
            store.finalize_logged_model(model.model_id, LoggedModelStatus(status))
    one, two, upper, quoted, gone = models
    on = {"dataset_name": "mnist", "dataset_digest": "aaa"}
    other = {"dataset_name": "cifar", "dataset_digest": "ccc"}
    for run, more in [
        (0, metric("acc", 0.1, step=1, model_id=one, **on)),
        (0, metric("acc", 0.9, step=2, model_id=one, **on)),
        (0, metric("acc", 0.3, step=3, model_id=one, **other)),
        (1, metric("acc", 0.7, step=5, timestamp=T0 + 1, model_id=two, **on)),
        (1, metric("acc", 0.2, step=5, timestamp=T0 + 2, model_id=two, **on)),
        (1, metric("loss", math.nan, model_id=two, **other)),
        (1, metric("loss", math.inf, model_id=upper)),
        (0, metric("val/loss", 0.4, model_id=quoted)),
        (0, metric("acc", 0.99, model_id=gone, **on)),
    ]:
        store.log_metric(run_ids[run], more)
    store.delete_logged_model(gone)


def age(path):
    """Makes what only older versions of MLflow leave behind: unknown times, a name that is not a tag."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE experiments SET creation_time = NULL, last_update_time = NULL WHERE name = 'old'")
        database.execute("UPDATE experiments SET creation_time = NULL WHERE name = 'older'")
        database.execute("DELETE FROM tags WHERE key = 'mlflow.runName' AND value = 'unnamed'")
        database.commit()


def answer(ask):
    """The ids in order, or the code of the error. What is no error of MLflow's arrives at a client as one."""
    try:
        return {"ids": ask()}
    except MlflowException as error:
        return {"error": error.error_code}
    except Exception:  # noqa: BLE001 - any failure inside MLflow counts
        return {"error": "INTERNAL_ERROR"}


def run_answers(store, run_ids):
    for case in RUN_CASES:
        filled = {**case, "filter": case["filter"].replace("RUN0", run_ids[0]).replace("RUN1", run_ids[1])}
        view = ViewType.from_string(case["view"].lower())
        ask = lambda: [  # noqa: E731
            run.info.run_id
            for run in store.search_runs(filled["experiments"], filled["filter"], view, 1000, filled["orderBy"])
        ]
        yield {"kind": "run", **filled, **answer(ask)}


def experiment_answers(store):
    for case in EXPERIMENT_CASES:
        view = ViewType.from_string(case["view"].lower())
        ask = lambda: [  # noqa: E731
            experiment.experiment_id
            for experiment in store.search_experiments(view, 1000, case["filter"], case["orderBy"])
        ]
        yield {"kind": "experiment", **case, **answer(ask)}


def model_answers(store):
    for case in MODEL_CASES:
        order_by = [
            {
                "field_name": order["fieldName"],
                "ascending": order["ascending"],
                "dataset_name": order.get("datasetName"),
                "dataset_digest": order.get("datasetDigest"),
            }
            for order in case["orderBy"]
        ]
        datasets = [{f"dataset_{key}": value for key, value in item.items()} for item in case["datasets"]]
        ask = lambda: [  # noqa: E731
            model.model_id
            for model in store.search_logged_models(
                case["experiments"], case["filter"] or None, datasets or None, 1000, order_by or None
            )
        ]
        yield {"kind": "loggedModel", **case, **answer(ask)}


def record():
    with tempfile.TemporaryDirectory() as folder, counted():
        path = Path(folder) / "mlflow.db"
        store = sqlalchemy_store.SqlAlchemyStore(f"sqlite:///{path}", "/artifacts")
        fill_experiments(store)
        run_ids = fill_runs(store)
        fill_models(store, run_ids)
        age(path)
        with contextlib.closing(sqlite3.connect(path)) as database:
            marks = ", ".join("?" for _ in TABLES)
            schema = [
                sql
                for (sql,) in database.execute(
                    f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({marks}) AND sql IS NOT NULL ORDER BY type DESC, name",
                    TABLES,
                )
            ]
            rows = {}
            for table in TABLES:
                cursor = database.execute(f"SELECT * FROM {table} ORDER BY rowid")
                columns = [column[0] for column in cursor.description]
                rows[table] = {"columns": columns, "rows": [list(row) for row in cursor]}
        cases = [*run_answers(store, run_ids), *experiment_answers(store), *model_answers(store)]
        store._dispose_engine()
    return {"mlflow": mlflow.__version__, "schema": schema, "tables": rows, "cases": cases}


def to_json(recorded):
    """One row or case a line, so that a change can be read."""
    line = lambda value: json.dumps(value, ensure_ascii=False)  # noqa: E731
    lines = lambda values: "[\n" + ",\n".join(f"  {line(value)}" for value in values) + "\n]"  # noqa: E731
    tables = ",\n".join(
        f'{line(name)}: {{"columns": {line(table["columns"])}, "rows": {lines(table["rows"])}}}'
        for name, table in recorded["tables"].items()
    )
    return (
        f'{{\n"mlflow": {line(recorded["mlflow"])},\n"schema": {lines(recorded["schema"])},\n'
        f'"tables": {{\n{tables}\n}},\n"cases": {lines(recorded["cases"])}\n}}\n'
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    if os.environ.get("PYTHONHASHSEED") != "0":
        # The order of a CHECK in MLflow's schema is that of a Python set.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    parser.add_argument("--check", action="store_true", help="compare with the fixture instead of writing it")
    text = to_json(record())
    if parser.parse_args().check:
        if FIXTURE.read_text("utf-8") != text:
            sys.exit(f"{FIXTURE} differs from what MLflow {mlflow.__version__} answers")
        return
    FIXTURE.parent.mkdir(parents=True, exist_ok=True)
    FIXTURE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
