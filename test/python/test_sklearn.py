"""An ordinary scikit-learn script with autologging, run as a person would run it, and read back."""

import mlflow
import pytest

from support.servers import start_ours
from support.terminal import run_script


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """The server, and what the script wrote to standard error."""
    folder = tmp_path_factory.mktemp("sklearn")
    with start_ours(folder) as server:
        yield server, run_script("train_autolog.py", cwd=folder, MLFLOW_TRACKING_URI=server.uri).stderr


@pytest.fixture
def runs(trained):
    """The script's runs by their names."""
    mlflow.set_tracking_uri(trained[0].uri)
    client = mlflow.MlflowClient(trained[0].uri)
    experiment = client.get_experiment_by_name("iris")
    return {run.info.run_name: run for run in client.search_runs([experiment.experiment_id])}


def test_the_script_hears_nothing_of_us(trained):
    _, stderr = trained
    for word in ("Traceback", "ERROR", "RestException", "failed", "retr", "127.0.0.1"):
        assert word not in stderr, stderr


def test_the_server_met_no_error(trained):
    server, _ = trained
    log = server.log.read_text("utf-8")
    assert "[error]" not in log and "[warn]" not in log, log


def test_params_metrics_and_tags_of_autologging(runs):
    run = runs["one model"]
    assert run.info.status == "FINISHED"
    assert run.data.params["C"] == "0.5"
    assert run.data.params["max_iter"] == "300"
    assert run.data.metrics["training_accuracy_score"] > 0.9
    assert run.data.metrics["LogisticRegression_score_test_x"] > 0.9
    assert run.data.tags["estimator_name"] == "LogisticRegression"
    assert run.data.tags["mlflow.source.name"].endswith("train_autolog.py")
    assert run.data.tags["mlflow.source.type"] == "LOCAL"


def test_datasets_of_autologging(runs):
    contexts = [
        tag.value
        for given in runs["one model"].inputs.dataset_inputs
        for tag in given.tags
        if tag.key == "mlflow.data.context"
    ]
    assert contexts == ["train"]


def test_the_logged_model(runs, trained):
    run = runs["one model"]
    (output,) = run.outputs.model_outputs
    model = mlflow.get_logged_model(output.model_id)
    assert (model.status, model.name, model.source_run_id) == ("READY", "model", run.info.run_id)
    assert model.params["C"] == "0.5"
    assert {metric.key for metric in model.metrics} >= {"training_accuracy_score", "training_f1_score"}
    assert (trained[0].folder / "mlruns" / run.info.experiment_id / "models" / model.model_id).is_dir()


def test_the_model_predicts_again(runs):
    from sklearn.datasets import load_iris

    features, target = load_iris(return_X_y=True, as_frame=True)
    uri = f"runs:/{runs['one model'].info.run_id}/model"
    predicted = mlflow.sklearn.load_model(uri).predict(features)
    assert (predicted == target).mean() > 0.9
    assert (mlflow.pyfunc.load_model(uri).predict(features) == predicted).all()


def test_figures_and_tables_are_artifacts(runs):
    run = runs["one model"]
    paths = {entry.path for entry in mlflow.artifacts.list_artifacts(run_id=run.info.run_id)}
    assert {"estimator.html", "training_confusion_matrix.png"} <= paths


def test_a_search_has_a_run_for_each_candidate(runs):
    parent = runs["a search"]
    children = [run for run in runs.values() if run.data.tags.get("mlflow.parentRunId") == parent.info.run_id]
    assert sorted(run.data.params["C"] for run in children) == ["0.1", "1.0"]
    assert all(run.info.status == "FINISHED" for run in children)
    assert parent.data.params["best_C"] in ("0.1", "1.0")
    assert "best_cv_score" in parent.data.metrics
    results = mlflow.artifacts.load_text(f"runs:/{parent.info.run_id}/cv_results.csv")
    assert "mean_test_score" in results
