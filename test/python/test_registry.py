"""The model registry: models registered, named, moved, found and loaded by MLflow's clients, old and new."""

import json
from concurrent.futures import ThreadPoolExecutor

import mlflow
import pytest
from mlflow.exceptions import MlflowException

from support.environments import NEWEST
from support.registry_steps import expected_registry
from support.workers import WorkerError

OLD = "2.22.4"
SOURCE = "s3://bucket/path/to/model"


@pytest.fixture
def model(client, name):
    """The name of a registered model without versions."""
    return client.create_registered_model(name).name


@pytest.fixture(params=["files", "server"])
def any_server(request):
    """A server that lets clients keep artifacts in files, and one that keeps them itself."""
    return request.getfixturevalue("server" if request.param == "files" else "artifact_server")


def refused(code, ask):
    with pytest.raises(MlflowException) as error:
        ask()
    assert error.value.error_code == code, error.value


@pytest.mark.parametrize("flavor", ["sklearn", "pyfunc", "onnx"])
@pytest.mark.parametrize("release", [OLD, NEWEST])
def test_a_model_is_registered_and_loaded(any_server, worker_of, name, release, flavor):
    worker = worker_of(release)
    worker.ask("use", uri=any_server.uri, folder=str(any_server.folder))
    client = mlflow.MlflowClient(any_server.uri)
    experiment_id = client.create_experiment(name)
    made = worker.ask("register_models", experiment_id=experiment_id, name=name, flavor=flavor)
    uris = [f"models:/{name}/{end}" for end in ("1", "2", "3", "latest", "Production")] + [f"models:/{name}@champion"]
    if release == NEWEST:
        uris.append(f"models:/{made['model_id']}")
    assert worker.ask("predict", uris=uris) == {uri: [3.0] for uri in uris}

    versions = sorted(client.search_model_versions(f"name = '{name}'"), key=lambda each: int(each.version))
    assert [each.run_id for each in versions] == [made["run_id"]] * 3
    assert versions[1].tags["by"] == "run"
    assert client.get_model_version_by_alias(name, "champion").version == "3"
    if release == NEWEST:
        assert {each.source for each in versions} == {f"models:/{made['model_id']}"}
        # Server and client both note each version, one as a number and one as text.
        noted = json.loads(client.get_logged_model(made["model_id"]).tags["mlflow.modelVersions"])
        assert noted == [{"name": name, "version": version} for number in (1, 2, 3) for version in (number, str(number))]


@pytest.mark.parametrize("release", [OLD, NEWEST])
def test_the_same_registry_is_in_the_database(server, worker_of, name, release):
    """What a client writes through us is read directly, and the other way round."""
    worker = worker_of(release)
    newest = worker_of(NEWEST)
    direct = f"sqlite:///{server.database}"
    # The database is the newest release's, so only that one opens it itself.
    for number, (writer, uri) in enumerate([(worker, server.uri), (newest, direct)]):
        of_writer = f"{name}-{number}"
        writer.ask("use", uri=uri, folder=str(server.folder))
        writer.ask("write_registry", name=of_writer, source=SOURCE)
        for reader, at in [(worker, server.uri), (newest, server.uri), (newest, direct)]:
            reader.ask("use", uri=at, folder=str(server.folder))
            assert reader.ask("read_registry", name=of_writer) == expected_registry(of_writer, SOURCE)


def test_a_direct_client_loads_what_was_registered_through_us(server, worker_of, name):
    worker = worker_of(NEWEST)
    worker.ask("use", uri=server.uri, folder=str(server.folder))
    experiment_id = mlflow.MlflowClient(server.uri).create_experiment(name)
    worker.ask("register_models", experiment_id=experiment_id, name=name, flavor="pyfunc")
    worker.ask("use", uri=f"sqlite:///{server.database}", folder=str(server.folder))
    uris = [f"models:/{name}/1", f"models:/{name}@champion"]
    assert worker.ask("predict", uris=uris) == {uri: [3.0] for uri in uris}


def test_twenty_creators_get_a_number_each(server, model):
    def create(_):
        return int(mlflow.MlflowClient(server.uri).create_model_version(model, SOURCE).version)

    with ThreadPoolExecutor(20) as threads:
        assert sorted(threads.map(create, range(20))) == list(range(1, 21))


def test_creators_that_make_the_model_too(server, name):
    """As `register_model` does it: whoever comes second finds the model there."""
    mlflow.set_tracking_uri(server.uri)
    with ThreadPoolExecutor(5) as threads:
        made = threads.map(lambda _: mlflow.register_model(SOURCE, name).version, range(5))
        assert sorted(map(int, made)) == [1, 2, 3, 4, 5]


def test_a_version_is_copied(client, model):
    client.create_model_version(model, SOURCE)
    client.set_registered_model_alias(model, "champion", "1")
    copy = client.copy_model_version(f"models:/{model}@champion", f"{model}-production")
    assert (copy.name, copy.version, copy.source) == (f"{model}-production", "1", f"models:/{model}/1")
    assert client.get_model_version_download_uri(copy.name, "1") == SOURCE
    assert client.copy_model_version(f"models:/{model}/1", copy.name).version == "2"


def test_models_and_versions_in_pages(client, name):
    for index in range(5):
        client.create_registered_model(f"{name}-{index}", tags={"batch": name})
        for _ in range(index):
            client.create_model_version(f"{name}-{index}", SOURCE)

    def everything(search, **query):
        found, token = [], None
        while True:
            page = search(**query, max_results=3, page_token=token)
            assert len(page) <= 3
            found += page
            token = page.token
            if not token:
                return found

    models = everything(client.search_registered_models, filter_string=f"tags.batch = '{name}'", order_by=["name DESC"])
    assert [each.name for each in models] == [f"{name}-{index}" for index in reversed(range(5))]
    assert [int(each.latest_versions[0].version) for each in models[:-1]] == [4, 3, 2, 1]
    query = {"filter_string": f"name LIKE '{name}-%'", "order_by": ["name ASC", "version_number ASC"]}
    versions = [(each.name[-1], int(each.version)) for each in everything(client.search_model_versions, **query)]
    assert versions == [(str(index), version) for index in range(5) for version in range(1, index + 1)]


def test_a_model_is_deleted_with_its_versions(client, model):
    client.create_model_version(model, SOURCE)
    client.delete_registered_model(model)
    refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_model_version(model, "1"))
    refused("RESOURCE_DOES_NOT_EXIST", lambda: client.delete_registered_model(model))
    assert client.search_model_versions(f"name = '{model}'") == []


def test_what_is_wrong_is_refused(client, model):
    client.create_model_version(model, SOURCE)
    refused("RESOURCE_ALREADY_EXISTS", lambda: client.create_registered_model(model))
    for ask in (
        lambda: client.create_registered_model("a/b"),
        lambda: client.set_registered_model_alias(model, "latest", "1"),
        lambda: client.set_registered_model_alias(model, "v1", "1"),
        lambda: client.get_model_version_by_alias(model, "nobody"),
        lambda: client.transition_model_version_stage(model, "1", "Best"),
        lambda: client.set_model_version_tag(model, "1", "k", "v" * 100_001),
        lambda: client.create_model_version(model, "/etc"),
        lambda: client.create_model_version(model, "file:///etc/passwd"),
        lambda: client.search_registered_models("colour = 'x'"),
        lambda: client.search_model_versions("version_number = 'x'"),
    ):
        refused("INVALID_PARAMETER_VALUE", ask)
    for ask in (
        lambda: client.get_registered_model("nobody"),
        lambda: client.get_model_version(model, "2"),
        lambda: client.set_registered_model_alias(model, "a", "2"),
    ):
        refused("RESOURCE_DOES_NOT_EXIST", ask)


def test_a_model_of_somebody_elses_folder_is_refused(server, worker_of, client, run_id, model, tmp_path):
    (tmp_path / "secret").write_text("secret")
    refused("INVALID_PARAMETER_VALUE", lambda: client.create_model_version(model, str(tmp_path), run_id))
    worker = worker_of(OLD)
    worker.ask("use", uri=server.uri, folder=str(server.folder))
    with pytest.raises(WorkerError) as error:
        worker.ask("write_registry", name=f"{model}-2", source=str(tmp_path))
    assert error.value.code == "INVALID_PARAMETER_VALUE"
    inside = f"{client.get_run(run_id).info.artifact_uri}/model"
    assert client.create_model_version(model, inside, run_id).source == inside
