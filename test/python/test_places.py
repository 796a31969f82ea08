"""Wherever VS Code starts a script, its runs are in the folder's store, and neither the person's credentials nor our
secret go anywhere else. Debugger, kernel and test runner are the real ones.

Between client and server stands one that writes down all requests; another one is the proxy that everything else
would go through.
"""

from urllib.parse import urlsplit

import pytest
from mlflow import MlflowClient

from support.environments import NEWEST, clean_environment
from support.places import BY_FILE, PLACES, READING_FILE, Workspace
from support.recorder import Recorder
from support.rules import sqlite_uri, with_entry
from support.servers import start_ours
from support.terminal import SCRIPTS, assert_trained

USER, PASSWORD = "somebody-of-the-team", "their-p4ssw0rd"
SCRIPT = SCRIPTS / "train_plainly.py"


@pytest.fixture(params=[NEWEST, "2.22.4"])
def release(request):
    return request.param


@pytest.fixture(params=[True, False], ids=["credentials", "no credentials"])
def home(request, folder):
    return home_beside(folder, request.param)


def home_beside(folder, with_credentials):
    home = folder.with_name("home")
    if with_credentials:
        (home / ".mlflow").mkdir()
        text = f"[mlflow]\nmlflow_tracking_username = {USER}\nmlflow_tracking_password = {PASSWORD}\n"
        (home / ".mlflow" / "credentials").write_text(text)
    return home


@pytest.fixture
def ours(folder, release):
    with start_ours(folder, "--mlflow-release", release) as server:
        yield server


@pytest.fixture
def between(ours):
    with in_front_of(ours) as recorder:
        yield recorder


def in_front_of(server):
    """What clients reach in place of a server of ours, under the same secret."""
    parts = urlsplit(server.uri)
    recorder = Recorder(f"http://{parts.netloc}")
    recorder.tracking_uri = recorder.uri + parts.path
    return recorder


@pytest.fixture
def proxy():
    """Nothing should reach it."""
    with Recorder() as recorder:
        yield recorder


def workspace_of(folder, home, release, uri, **others):
    environment = clean_environment(home, MLFLOW_HTTP_REQUEST_MAX_RETRIES="2", **others)
    return Workspace(folder, environment, release, uri)


def the_run(uri):
    """The id of the only run in a store."""
    client = MlflowClient(uri)
    (run,) = client.search_runs([each.experiment_id for each in client.search_experiments()])
    return run.info.run_id


def assert_headers(requests, home):
    """The person's own credentials reach nobody but whom MLflow's client asks for a run, and hold no others."""
    expected = {True: "Basic ", False: "none"}[(home / ".mlflow").exists()]
    assert requests
    for request in requests:
        assert (request.authorization or "none").startswith(expected), request.target
        rest = request.all_text.replace(request.authorization or "", "")
        assert PASSWORD not in rest


def assert_not_kept(folder, *private):
    for path in filter(lambda each: each.is_file() and each.name != ".env", folder.rglob("*")):
        content = path.read_bytes().decode("latin-1")
        for each in private:
            assert each not in content, path


@pytest.mark.parametrize("place", PLACES)
def test_a_script_logs_to_the_store_of_its_folder(place, release, folder, home, ours, between, proxy):
    """By the server, whose address stands in .env where VS Code passes nothing on."""
    others = {} if place in BY_FILE else {"http_proxy": proxy.uri, "https_proxy": proxy.uri}
    workspace = workspace_of(folder, home, release, between.tracking_uri, **others)
    if place in BY_FILE:
        (folder / ".env").write_text(with_entry("OTHER=1\n", between.tracking_uri), "utf-8")
    PLACES[place](workspace, SCRIPT, "mine")
    assert_trained(MlflowClient(ours.uri), the_run(ours.uri))
    assert_headers(between.requests, home)
    assert proxy.requests == []
    assert_not_kept(folder, PASSWORD)
    assert USER not in ours.log.read_text("utf-8")


@pytest.mark.parametrize("place", READING_FILE)
def test_an_entry_that_names_the_database_needs_no_server(place, release, folder, ours, proxy):
    """Nothing else names a tracking URI here."""
    home = home_beside(folder, True)
    uri = sqlite_uri(ours.database)
    (folder / ".env").write_text(with_entry("", uri), "utf-8")
    workspace = workspace_of(folder, home, release, None, http_proxy=proxy.uri, https_proxy=proxy.uri)
    PLACES[place](workspace, SCRIPT, "mine")
    assert "[debug]" not in ours.log.read_text("utf-8")
    assert proxy.requests == []
    assert_trained(MlflowClient(ours.uri), the_run(ours.uri))
    assert_not_kept(folder, PASSWORD)


@pytest.mark.parametrize("place", PLACES)
def test_a_script_that_names_the_teams_server_takes_nothing_of_ours_there(place, folder, tmp_path):
    home = home_beside(folder, True)
    (tmp_path / "team").mkdir()
    with (
        start_ours(folder) as ours,
        in_front_of(ours) as between,
        start_ours(tmp_path / "team", "--serve-artifacts") as behind,
        Recorder(behind.uri) as team,
    ):
        workspace = workspace_of(folder, home, NEWEST, between.tracking_uri)
        (folder / ".env").write_text(with_entry("", between.tracking_uri), "utf-8")
        PLACES[place](workspace, SCRIPT, "theirs", team.uri)
        assert_trained(MlflowClient(behind.uri), the_run(behind.uri))
        for request in team.requests:
            assert urlsplit(ours.uri).path.strip("/") not in request.all_text
            assert "workbench" not in request.all_text.lower()
        assert between.requests == []
        assert not ours.database.exists()
