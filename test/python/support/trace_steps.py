"""Steps of worker.py that have to do with traces: releases with tracing (2.14 and newer) do and see the same."""


def mend_tracing(mlflow):
    """Older releases skip a constructor of OpenTelemetry's that today's versions need: does what theirs did."""
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor

    def export(self, span):
        if span.context.trace_flags.sampled:
            self.span_exporter.export((span,))

    if tuple(map(int, mlflow.__version__.split(".")[:2])) < (3, 2):
        SimpleSpanProcessor.on_end = export


def write_trace(experiment_id, fails=False):
    """Calls a traced function within a run. Returns the ids of the trace and of the run."""
    import mlflow

    mend_tracing(mlflow)
    mlflow.set_experiment(experiment_id=experiment_id)

    @mlflow.trace(span_type="LLM", attributes={"size": 3, "ratio": 1.0, "deep": {"a": [1, None, "größe"]}})
    def inner(question):
        if fails:
            raise ValueError("no answer")
        return {"answer": question.upper(), "score": 2.0}

    @mlflow.trace
    def outer(question):
        with mlflow.start_span("middle") as span:
            span.set_inputs({"q": question, "n": 1})
            span.set_outputs([1, 2.5])
        mlflow.update_current_trace(tags={"color": "red"})
        return inner(question)

    with mlflow.start_run() as run:
        try:
            outer("größe")
        except ValueError:
            pass
    return {"trace_id": last_trace_id(mlflow), "run_id": run.info.run_id}


def last_trace_id(mlflow):
    if hasattr(mlflow, "flush_trace_async_logging"):
        try:
            mlflow.flush_trace_async_logging()
        except AttributeError:
            # Nothing is logged asynchronously.
            pass
    if hasattr(mlflow, "get_last_active_trace_id"):
        return mlflow.get_last_active_trace_id()
    return mlflow.get_last_active_trace().info.request_id


def read_trace(trace_id):
    """What `write_trace` wrote, as this client sees it."""
    import mlflow

    trace = mlflow.get_trace(trace_id)
    names = {span.span_id: span.name for span in trace.data.spans}
    return {
        "status": str(trace.info.status).rsplit(".", maxsplit=1)[-1],
        "name": trace.info.tags["mlflow.traceName"],
        "color": trace.info.tags["color"],
        "run_id": trace.info.request_metadata["mlflow.sourceRun"],
        "spans": sorted(
            [
                span.name,
                names.get(span.parent_id),
                span.span_type,
                span.inputs,
                span.outputs,
                str(span.status.status_code).rsplit(".", maxsplit=1)[-1],
                {key: span.get_attribute(key) for key in ("size", "ratio", "deep")},
                [event.name for event in span.events],
            ]
            for span in trace.data.spans
        ),
    }


def expected_trace(run_id):
    """What `read_trace` returns of `write_trace`."""
    nothing = {"size": None, "ratio": None, "deep": None}
    attributes = {"size": 3, "ratio": 1.0, "deep": {"a": [1, None, "größe"]}}
    question, answer = {"question": "größe"}, {"answer": "GRÖSSE", "score": 2.0}
    return {
        "status": "OK",
        "name": "outer",
        "color": "red",
        "run_id": run_id,
        "spans": [
            ["inner", "outer", "LLM", question, answer, "OK", attributes, []],
            ["middle", "outer", "UNKNOWN", {"q": "größe", "n": 1}, [1, 2.5], "OK", nothing, []],
            ["outer", None, "UNKNOWN", question, answer, "OK", nothing, []],
        ],
    }


def find_traces(experiment_id, filter_string=None, order_by=None):
    """The ids of the traces that a search finds, and how many spans each has."""
    import mlflow

    found = mlflow.MlflowClient().search_traces([experiment_id], filter_string=filter_string, order_by=order_by)
    return [[trace.info.request_id, len(trace.data.spans)] for trace in found]


def tag_trace(trace_id, key, value):
    import mlflow

    mlflow.MlflowClient().set_trace_tag(trace_id, key, value)


def delete_trace(experiment_id, trace_id):
    """@returns how many were deleted"""
    import mlflow

    named = "trace_ids" if int(mlflow.__version__.split(".")[0]) >= 3 else "request_ids"
    return mlflow.MlflowClient().delete_traces(experiment_id, **{named: [trace_id]})


def assess_trace(trace_id):
    """A feedback and an expectation (MLflow 3.2 and newer)."""
    import mlflow

    mlflow.log_feedback(trace_id=trace_id, name="tone", value="kind", rationale="why", metadata={"k": "v"})
    mlflow.log_feedback(trace_id=trace_id, name="score", value=0.75)
    mlflow.log_expectation(trace_id=trace_id, name="answer", value={"a": [1, 2.5, "größe"]})


def read_assessments(trace_id):
    import mlflow

    assessments = mlflow.get_trace(trace_id).info.assessments
    return sorted([a.name, type(a).__name__, a.value, a.rationale, a.metadata, a.source.source_type] for a in assessments)


STEPS = (write_trace, read_trace, find_traces, tag_trace, delete_trace, assess_trace, read_assessments)
