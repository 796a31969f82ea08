"""Traces by MLflow's clients: through us, directly in the database, and by releases before spans were kept there."""

import gzip
import threading

import mlflow
import pytest
import requests
from mlflow.entities import AssessmentSource, Feedback, SpanEvent, SpanType
from mlflow.exceptions import MlflowException
from mlflow.tracing.attachments import Attachment

from support.environments import NEWEST
from support.servers import start_ours
from support.trace_steps import expected_trace

OLD = "2.22.4"


@pytest.fixture
def ask(worker_of, server):
    """Does a step with a release's client: through the server, or with `direct` in its database."""

    def step(release, do, direct=False, **arguments):
        worker = worker_of(release)
        worker.ask("use", uri=f"sqlite:///{server.database}" if direct else server.uri, folder=str(server.folder))
        return worker.ask(do, **arguments)

    return step


def traced(client, experiment, **tags):
    """The id of a trace with one span."""

    @mlflow.trace(name=tags.pop("name", "simple"))
    def simple():
        mlflow.update_current_trace(tags=tags)

    simple()
    return flushed_trace()


def flushed_trace():
    trace_id = mlflow.get_last_active_trace_id()
    mlflow.flush_trace_async_logging()
    return trace_id


WAYS = {"through us": False, "directly": True}


@pytest.mark.parametrize("written", WAYS, ids=lambda way: f"written {way}")
@pytest.mark.parametrize("read", WAYS, ids=lambda way: f"read {way}")
def test_a_traced_function_is_read_as_it_was(ask, experiment, written, read):
    ids = ask(NEWEST, "write_trace", direct=WAYS[written], experiment_id=experiment)
    assert ask(NEWEST, "read_trace", direct=WAYS[read], trace_id=ids["trace_id"]) == expected_trace(ids["run_id"])
    found = ask(NEWEST, "find_traces", direct=WAYS[read], experiment_id=experiment, filter_string="tags.color = 'red'")
    assert found == [[ids["trace_id"], 3]]


@pytest.mark.parametrize("written", WAYS, ids=lambda way: f"written {way}")
@pytest.mark.parametrize("read", WAYS, ids=lambda way: f"read {way}")
def test_what_is_said_of_a_trace_is_read_as_it_was(ask, experiment, written, read):
    trace_id = ask(NEWEST, "write_trace", experiment_id=experiment)["trace_id"]
    ask(NEWEST, "assess_trace", direct=WAYS[written], trace_id=trace_id)
    assert ask(NEWEST, "read_assessments", direct=WAYS[read], trace_id=trace_id) == [
        ["answer", "Expectation", {"a": [1, 2.5, "größe"]}, None, None, "HUMAN"],
        ["score", "Feedback", 0.75, None, None, "CODE"],
        ["tone", "Feedback", "kind", "why", {"k": "v"}, "CODE"],
    ]
    for filter_string in ("feedback.tone = 'kind'", "feedback.score > 0.5", "expectation.answer IS NOT NULL"):
        found = ask(NEWEST, "find_traces", direct=WAYS[read], experiment_id=experiment, filter_string=filter_string)
        assert found == [[trace_id, 3]], filter_string


def test_an_old_client_writes_and_reads(ask, experiment):
    ids = ask(OLD, "write_trace", experiment_id=experiment)
    assert ask(OLD, "read_trace", trace_id=ids["trace_id"]) == expected_trace(ids["run_id"])
    assert ask(OLD, "find_traces", experiment_id=experiment, filter_string="tags.color = 'red'") == [[ids["trace_id"], 3]]
    ask(OLD, "tag_trace", trace_id=ids["trace_id"], key="k", value="v")
    # Its spans are in a file among the artifacts, where newer clients find them too.
    for direct in WAYS.values():
        assert ask(NEWEST, "read_trace", direct=direct, trace_id=ids["trace_id"]) == expected_trace(ids["run_id"])
    assert ask(OLD, "delete_trace", experiment_id=experiment, trace_id=ids["trace_id"]) == 1
    assert ask(OLD, "find_traces", experiment_id=experiment) == []


@pytest.mark.parametrize("release", [OLD, NEWEST])
def test_a_failure_is_kept(ask, experiment, release):
    trace_id = ask(release, "write_trace", experiment_id=experiment, fails=True)["trace_id"]
    trace = ask(release, "read_trace", trace_id=trace_id)
    assert trace["status"] == "ERROR"
    inner = next(span for span in trace["spans"] if span[0] == "inner")
    assert inner[5] == "ERROR"
    assert "exception" in inner[7]
    assert ask(release, "find_traces", experiment_id=experiment, filter_string="status = 'ERROR'") == [[trace_id, 3]]


def test_spans_have_all_their_parts(client, experiment):
    with mlflow.start_span("root", span_type=SpanType.AGENT) as root:
        root.set_inputs({"text": "x" * 100_000, "none": None, "nested": {"deep": [[1], [2.0], [True]]}})
        root.add_event(SpanEvent("happened", timestamp=1_700_000_000_000_000_123, attributes={"n": 1, "f": 0.5}))
        root.set_attributes({"big": 2**60, "small": 1e-9, "negative": -1, "text": "値 '\"\\"})
        with mlflow.start_span("child") as child:
            child.set_status("ERROR")
            child.set_outputs("text")
    trace = client.get_trace(flushed_trace())
    kept_root, kept_child = trace.data.spans
    assert (kept_root.to_dict(), kept_child.to_dict()) == (root.to_dict(), child.to_dict())
    assert [event.to_json() if hasattr(event, "to_json") else event for event in kept_root.events] == root.events
    assert kept_root.get_attribute("big") == 2**60
    assert trace.info.execution_duration == (root.end_time_ns - root.start_time_ns) // 1_000_000


def test_a_trace_of_its_own_words(client, experiment):
    @mlflow.trace
    def talk():
        mlflow.update_current_trace(
            metadata={"mlflow.trace.session": "session-1", "mlflow.trace.user": "ada", "own": "x"},
            client_request_id="mine",
            request_preview="asked",
            response_preview="answered",
            state="ERROR",
        )

    talk()
    trace_id = flushed_trace()
    info = client.get_trace(trace_id).info
    assert (info.client_request_id, info.request_preview, info.response_preview) == ("mine", "asked", "answered")
    assert info.state == "ERROR"
    assert [info.trace_metadata[key] for key in ("mlflow.trace.session", "mlflow.trace.user", "own")] == [
        "session-1",
        "ada",
        "x",
    ]
    for filter_string in (
        "client_request_id = 'mine'",
        "metadata.`mlflow.trace.session` = 'session-1'",
        "metadata.own = 'x'",
        f"trace.request_id IN ('{trace_id}')",
    ):
        found = client.search_traces(locations=[experiment], filter_string=filter_string)
        assert [each.info.trace_id for each in found] == [trace_id], filter_string


def test_token_usage_and_cost_of_a_trace(client, experiment):
    with mlflow.start_span("root"):
        for name in ("one", "two"):
            with mlflow.start_span(name, span_type=SpanType.LLM) as span:
                span.set_attribute(
                    "mlflow.chat.tokenUsage", {"input_tokens": 2, "output_tokens": 3, "total_tokens": 5}
                )
                span.set_attribute("mlflow.llm.cost", {"input_cost": 0.25, "output_cost": 0.5, "total_cost": 0.75})
    info = client.get_trace(flushed_trace()).info
    assert info.token_usage == {"input_tokens": 4, "output_tokens": 6, "total_tokens": 10}
    assert info.cost == {"input_cost": 0.5, "output_cost": 1.0, "total_cost": 1.5}


def test_assessments_change(client, experiment):
    trace_id = traced(client, experiment)
    first = mlflow.log_feedback(trace_id=trace_id, name="ok", value=True, source=AssessmentSource("HUMAN", "ada"))
    changed = mlflow.update_assessment(trace_id, first.assessment_id, Feedback("fine", value=False, rationale="r"))
    assert (changed.name, changed.value, changed.rationale) == ("fine", False, "r")
    second = mlflow.override_feedback(trace_id=trace_id, assessment_id=first.assessment_id, value=True)
    assert mlflow.get_assessment(trace_id, first.assessment_id).valid is False
    assert mlflow.get_assessment(trace_id, second.assessment_id).overrides == first.assessment_id
    mlflow.delete_assessment(trace_id, second.assessment_id)
    assert mlflow.get_assessment(trace_id, first.assessment_id).valid is True
    failed = mlflow.log_feedback(trace_id=trace_id, name="broken", error=ValueError("no"))
    assert mlflow.get_assessment(trace_id, failed.assessment_id).error.error_code == "ValueError"
    with pytest.raises(MlflowException) as error:
        mlflow.get_assessment(trace_id, second.assessment_id)
    assert error.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_traces_of_runs_are_found(client, experiment):
    with mlflow.start_run() as run:
        own = traced(client, experiment)
    linked = traced(client, experiment)
    client.link_traces_to_run([linked], run.info.run_id)
    found = mlflow.search_traces(locations=[experiment], run_id=run.info.run_id, return_type="list")
    assert {trace.info.trace_id for trace in found} == {own, linked}
    client.link_prompt_versions_to_trace([], own)


def test_tags_and_deletion(client, experiment):
    kept, dropped = traced(client, experiment, name="kept"), traced(client, experiment)
    client.set_trace_tag(kept, "k", "v")
    client.set_trace_tag(kept, "gone", "v")
    client.delete_trace_tag(kept, "gone")
    assert client.get_trace(kept).info.tags["k"] == "v"
    assert "gone" not in client.get_trace(kept).info.tags
    assert client.delete_traces(experiment, trace_ids=[dropped]) == 1
    assert [trace.info.trace_id for trace in client.search_traces(locations=[experiment])] == [kept]
    with pytest.raises(MlflowException) as error:
        mlflow.MlflowClient().get_trace(dropped)
    assert error.value.error_code == "RESOURCE_DOES_NOT_EXIST"
    assert client.delete_traces(experiment, max_timestamp_millis=2**53) == 1


def test_many_traces_in_pages(client, experiment):
    for index in range(12):
        traced(client, experiment, name=f"trace {index:02}", even=str(index % 2 == 0))
    names, token, pages = [], None, 0
    while True:
        page = client.search_traces(
            locations=[experiment], max_results=5, order_by=["name DESC"], page_token=token, include_spans=pages == 0
        )
        names += [trace.info.tags["mlflow.traceName"] for trace in page]
        pages += 1
        token = page.token
        if not token:
            break
    assert names == [f"trace {index:02}" for index in reversed(range(12))]
    assert pages == 3
    even = client.search_traces(locations=[experiment], filter_string="tags.even = 'True'", max_results=100)
    assert len(even) == 6


@pytest.mark.parametrize("filter_string", ["colour = 'x'", "params.a = 'b'", "status > 'OK'", "feedback.a > 'b'", "status ="])
def test_a_wrong_filter_is_refused(client, experiment, filter_string):
    with pytest.raises(MlflowException) as error:
        client.search_traces(locations=[experiment], filter_string=filter_string)
    assert error.value.error_code == "INVALID_PARAMETER_VALUE"


def test_threads_trace_at_the_same_time(client, experiment):
    def work(index):
        with mlflow.start_span(f"root {index}"):
            for step in range(10):
                with mlflow.start_span(f"step {step}") as span:
                    span.set_inputs({"index": index})

    threads = [threading.Thread(target=work, args=(index,)) for index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    mlflow.flush_trace_async_logging()
    found = client.search_traces(locations=[experiment], max_results=100)
    assert sorted(trace.info.tags["mlflow.traceName"] for trace in found) == [f"root {index}" for index in range(8)]
    assert {len(trace.data.spans) for trace in found} == {11}


def test_an_attachment_is_read_through_the_server(client, server, experiment):
    content = bytes(range(256))
    with mlflow.start_span("root") as span:
        span.set_outputs({"picture": Attachment(content_type="image/png", content_bytes=content)})
    trace_id = flushed_trace()
    attachment_id = client.get_trace(trace_id).data.spans[0].outputs["picture"].split("//")[1].split("?")[0]
    answer = requests.get(
        f"{server.uri}/ajax-api/3.0/mlflow/get-trace-artifact",
        params={"request_id": trace_id, "path": attachment_id},
        timeout=30,
    )
    assert (answer.status_code, answer.content) == (200, content)
    outside = requests.get(answer.url.replace(attachment_id, "..%2f..%2f..%2f..%2fmlflow.db"), timeout=30)
    assert outside.status_code == 400


def test_spans_of_an_old_client_through_the_artifact_proxy(artifact_client, artifact_server, worker_of, name):
    experiment_id = artifact_client.create_experiment(name)
    worker = worker_of(OLD)
    worker.ask("use", uri=artifact_server.uri, folder=str(artifact_server.folder))
    ids = worker.ask("write_trace", experiment_id=experiment_id)
    assert worker.ask("read_trace", trace_id=ids["trace_id"]) == expected_trace(ids["run_id"])


def test_spans_of_other_programs(client, server, experiment):
    """What OpenTelemetry's exporters send: packed, with the name of the program, without MLflow's attributes."""
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    request = ExportTraceServiceRequest()
    block = request.resource_spans.add()
    attribute = block.resource.attributes.add()
    attribute.key = "service.name"
    attribute.value.string_value = "shop"
    span = block.scope_spans.add().spans.add()
    span.trace_id = bytes(range(16))
    span.span_id = bytes(range(8))
    span.name = "GET /"
    span.kind = 2
    span.start_time_unix_nano = 1_700_000_000_000_000_000
    span.end_time_unix_nano = 1_700_000_000_250_000_000
    response = requests.post(
        f"{server.uri}/v1/traces",
        data=gzip.compress(request.SerializeToString()),
        headers={
            "content-type": "application/x-protobuf",
            "content-encoding": "gzip",
            "x-mlflow-experiment-id": experiment,
        },
        timeout=30,
    )
    assert (response.status_code, response.headers["content-type"]) == (200, "application/x-protobuf")
    trace = client.get_trace(f"tr-{bytes(range(16)).hex()}")
    assert trace.info.tags["service.name"] == "shop"
    assert (trace.info.state, trace.info.execution_duration) == ("OK", 250)
    assert [each.name for each in trace.data.spans] == ["GET /"]


@pytest.mark.parametrize("release", [OLD, "3.1.4", "3.7.0"])
def test_databases_of_older_releases(worker_of, tmp_path, release):
    """Where a schema has no place for spans they go into a file; its own release reads what we wrote."""
    with start_ours(tmp_path, "--mlflow-release", release) as server:
        worker = worker_of(NEWEST)
        worker.ask("use", uri=server.uri, folder=str(tmp_path))
        ids = worker.ask("write_trace", experiment_id="0")
        assert worker.ask("read_trace", trace_id=ids["trace_id"]) == expected_trace(ids["run_id"])
        assert worker.ask("find_traces", experiment_id="0", filter_string="tags.color = 'red'") == [[ids["trace_id"], 3]]
        own = worker_of(release)
        own.ask("use", uri=f"sqlite:///{server.database}", folder=str(tmp_path))
        if release != OLD:
            # MLflow 2 cannot read the spans of MLflow 3, whoever wrote them.
            assert own.ask("read_trace", trace_id=ids["trace_id"]) == expected_trace(ids["run_id"])
        theirs = own.ask("write_trace", experiment_id="0")
        assert worker.ask("read_trace", trace_id=theirs["trace_id"]) == expected_trace(theirs["run_id"])
        assert worker.ask("delete_trace", experiment_id="0", trace_id=theirs["trace_id"]) == 1
