"""What the person's own configuration says stays in force, and nothing of it or of ours goes where it does not belong.

What the extension decides to inject is tested in its host; these are the processes that get it.
"""

import base64
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from mlflow import MlflowClient

from support.environments import NEWEST, ROOT
from support.recorder import Recorder
from support.servers import NODE, start_ours
from support.terminal import assert_trained, train_plainly

USER, PASSWORD, TOKEN = "somebody-of-the-team", "their-p4ssw0rd", "their-t0ken-of-the-team"
BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


@pytest.fixture(params=[NEWEST, "2.22.4"])
def release(request):
    return request.param


@pytest.fixture
def home(folder):
    return folder.with_name("home")


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    """The team's server: one that writes down all requests and has a whole tracking server behind it."""
    with start_ours(tmp_path_factory.mktemp("team"), "--serve-artifacts") as server, Recorder(server.uri) as recorder:
        yield recorder


@pytest.fixture
def ours(folder):
    """A server of the folder that nothing has been logged to."""
    with start_ours(folder) as server:
        yield server


def in_credentials_file(home):
    (home / ".mlflow").mkdir()
    text = f"[mlflow]\nmlflow_tracking_username = {USER}\nmlflow_tracking_password = {PASSWORD}\n"
    (home / ".mlflow" / "credentials").write_text(text)
    return {}, f"Basic {BASIC}"


def in_netrc(home):
    (home / ".netrc").write_text(f"default login {USER} password {PASSWORD}\n")
    (home / ".netrc").chmod(0o600)
    return {}, f"Basic {BASIC}"


def in_variables(_home):
    return {"MLFLOW_TRACKING_USERNAME": USER, "MLFLOW_TRACKING_PASSWORD": PASSWORD}, f"Basic {BASIC}"


def as_token(_home):
    return {"MLFLOW_TRACKING_TOKEN": TOKEN}, f"Bearer {TOKEN}"


@pytest.mark.parametrize("configure", [in_credentials_file, in_netrc, in_variables, as_token])
def test_credentials_for_another_server_are_ignored_and_not_kept(configure, release, folder, home):
    environment, header = configure(home)
    with start_ours(folder, "--serve-artifacts") as ours:
        parts = urlsplit(ours.uri)
        # Between client and server stands one that shows what the client sends.
        with Recorder(f"http://{parts.netloc}") as between:
            environment["MLFLOW_TRACKING_URI"] = between.uri + parts.path
            run_id = train_plainly("mine", cwd=folder, home=home, release=release, **environment)
        assert_trained(MlflowClient(ours.uri), run_id)
    assert any("/mlflow-artifacts/" in request.target for request in between.requests)
    for request in between.requests:
        assert request.authorization == header
        assert_holds_none(request.all_text.replace(header, ""))
    log = ours.log.read_text("utf-8")
    assert "POST /api/2.0/mlflow/runs/create 200" in log
    assert "[error]" not in log and "[warn]" not in log, log
    # In the database the client itself names its user, as the run's.
    assert USER not in log
    for path in filter(Path.is_file, folder.rglob("*")):
        assert_holds_none(path.read_bytes().decode("latin-1"))


def assert_holds_none(text):
    for private in (PASSWORD, BASIC, TOKEN):
        assert private not in text


@pytest.mark.parametrize("who", ["the script", "the environment"])
def test_the_teams_server_gets_the_run_and_nothing_of_ours(who, release, folder, home, ours, team):
    """A script names it in our terminal; or the environment does, and then the extension injects nothing."""
    already = len(team.requests)
    arguments, injected = (["theirs", team.uri], ours.uri) if who == "the script" else (["theirs"], team.uri)
    environment = {"MLFLOW_TRACKING_URI": injected, "MLFLOW_TRACKING_TOKEN": TOKEN}
    run_id = train_plainly(*arguments, cwd=folder, home=home, release=release, **environment)
    requests = team.requests[already:]
    assert_trained(MlflowClient(team.uri), run_id)
    parts = urlsplit(ours.uri)
    assert "runs/create" in "".join(request.target for request in requests)
    for request in requests:
        assert request.authorization == f"Bearer {TOKEN}"
        for own in (parts.path.strip("/"), parts.netloc, "workbench"):
            assert own not in request.all_text
    assert_nothing_came(ours)


def assert_nothing_came(server):
    """Each request is a line in its log; the first write would have made a database."""
    log = server.log.read_text("utf-8")
    assert "Serving" in log and "[debug]" not in log, log
    assert not server.database.exists()


def our_no_proxy(environment):
    """What the extension adds to a terminal with that environment, by its own rule."""
    rule = (ROOT / "src" / "core" / "tracking" / "noProxy.ts").as_uri()
    program = f"import('{rule}').then((r) => process.stdout.write(r.noProxyForLoopback(process.env) ?? ''))"
    done = subprocess.run([NODE, "-e", program], env=environment, capture_output=True, text=True, check=True)
    return {"no_proxy": done.stdout, "NO_PROXY": done.stdout} if done.stdout else {}


PROXIES = {
    "one": ["http_proxy"],
    "both in capitals": ["HTTP_PROXY", "HTTPS_PROXY"],
    "for all": ["all_proxy", "https_proxy"],
}


@pytest.mark.parametrize("own", [{}, {"NO_PROXY": "internal.example, .corp.example"}], ids=["alone", "with exceptions"])
@pytest.mark.parametrize("proxies", PROXIES)
def test_a_proxy_does_not_see_requests_to_us(proxies, own, release, folder, home, ours):
    with Recorder() as proxy:
        environment = {**own, **{name: proxy.uri for name in PROXIES[proxies]}}
        environment |= our_no_proxy(environment)
        where = {"cwd": folder, "home": home, "release": release}
        run_id = train_plainly("mine", **where, MLFLOW_TRACKING_URI=ours.uri, **environment)
        assert proxy.requests == []
    assert_trained(MlflowClient(ours.uri), run_id)


def test_the_proxy_stays_in_force_for_others(release, folder, home):
    with Recorder() as proxy:
        environment = {"http_proxy": proxy.uri}
        environment |= our_no_proxy(environment)
        with pytest.raises(AssertionError, match="403"):
            train_plainly("theirs", "http://team.example", cwd=folder, home=home, release=release, **environment)
        assert {urlsplit(request.target).netloc for request in proxy.requests} == {"team.example"}


def test_without_the_addition_the_proxy_would_see_the_address(folder, home, ours):
    """So what is tested above happens at all."""
    with Recorder() as proxy:
        with pytest.raises(AssertionError, match="403"):
            train_plainly("mine", ours.uri, cwd=folder, home=home, http_proxy=proxy.uri)
        assert proxy.requests[0].target.startswith(ours.uri)
    assert_nothing_came(ours)
