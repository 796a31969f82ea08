"""The searches that search_reference.py asks MLflow."""

from run_filters import RUN_FILTERS


def run(filter="", *order_by, view="ACTIVE_ONLY", experiments=("1",)):
    return {"filter": filter, "orderBy": list(order_by), "view": view, "experiments": list(experiments)}


def experiment(filter="", *order_by, view="ACTIVE_ONLY"):
    return {"filter": filter, "orderBy": list(order_by), "view": view}


def model(filter="", *order_by, datasets=(), experiments=("1",)):
    return {"filter": filter, "orderBy": list(order_by), "datasets": list(datasets), "experiments": list(experiments)}


def by(field_name, ascending=True, **more):
    return {"fieldName": field_name, "ascending": ascending, **more}


RUN_ORDERS = [
    ["metrics.acc"],
    ["metrics.acc ASC"],
    ["metrics.acc DESC"],
    ["metrics.loss desc"],
    ["metrics.loss", "metrics.acc DESC"],
    ["metrics.missing DESC"],
    ["params.lr"],
    ["params.lr DESC"],
    ["params.opt", "start_time ASC"],
    ["params.sorted"],
    ["params.sorted DESC"],
    ["params.clé DESC"],
    ["tags.team ASC"],
    ["tag.team DESC", "user_id"],
    ["tags.`mlflow.runName`"],
    ["metrics.`val/loss` DESC"],
    ["metrics.'val loss' DESC"],
    ['metrics."val-loss" DESC'],
    ["metrics.val/loss DESC"],
    ["metrics.val.loss DESC"],
    ["metrics.desc DESC"],
    ["metrics.in DESC"],
    ["start_time"],
    ["start_time DESC"],
    ["attribute.start_time ASC"],
    ["created ASC"],
    ["Created"],
    ["end_time"],
    ["end_time DESC"],
    ["status", "run_name"],
    ["run_name"],
    ["run_name DESC"],
    ["user_id DESC"],
    ["run_id"],
    ["run_id DESC"],
    ["artifact_uri"],
    ["`run_name` DESC"],
    ['"run_name"'],
    ["run name"],
    ["`run name`"],
    ["`metrics`.acc desc"],
    ["metrics.acc DESC NULLS LAST"],
    ["metrics.acc  DESC"],
    [" metrics.acc DESC"],
    ["metrics.acc DESC "],
    ["metrics.acc DESC, metrics.loss"],
    ["metrics.acc sideways"],
    ["metrics.val loss DESC"],
    ["metrics.acc > 1"],
    ["metrics."],
    ["metrics"],
    ["dataset.name"],
    ["foo"],
    ["foo.a"],
    ["experiment_id"],
    ["lifecycle_stage"],
    ["DESC"],
    ["1"],
    ["'a'"],
    [""],
    ["metrics.acc", "metrics.acc"],
    ["metrics.acc", "metric.acc DESC"],
    ["start_time", "created"],
]

RUN_CASES = [
    *(run(text) for text in RUN_FILTERS),
    *(run("", *order) for order in RUN_ORDERS),
    run(""),
    run("   "),
    run("\t\nmetrics.acc\n>\t0.8\r\n"),
    run("params.lr IS\nNOT NULL"),
    run("", view="ALL"),
    run("", view="DELETED_ONLY"),
    run("metrics.acc > 0.9", view="ALL"),
    run("", experiments=["1", "2"]),
    run("metrics.acc > 0.8", "metrics.acc DESC", experiments=["2", "1"]),
    run("params.lr = '0.1'", "tags.team", "metrics.acc", view="ALL", experiments=["1", "2"]),
    run("metrics.loss != 0", "metrics.loss DESC", "params.lr"),
    run("", experiments=["99"]),
    run("", experiments=[]),
]

EXPERIMENT_CASES = [
    *(
        experiment(text)
        for text in r"""
name = 'Alpha'
name != 'Alpha'
name LIKE 'alpha'
name ILIKE 'ALPHA'
name LIKE '%\_%'
name LIKE '%_100%'
name ILIKE 'gamma/Δ'
name = "Gamma/δ"
name IN ('Alpha')
name > 'A'
name IS NULL
attribute.name = 'Alpha'
attributes.name = 'Alpha'
attr.name = 'Alpha'
experiment_id = '1'
experiment_id != '1'
experiment_id IN ('1', '2')
experiment_id NOT IN ('1', '2')
experiment_id = '01'
experiment_id = 'x'
experiment_id = 1
experiment_id LIKE '1'
experiment_id IN ('x')
creation_time > 1700000002000
creation_time <= 1700000002000
creation_time != 1700000002000
creation_time > 1.5
creation_time > '5'
creation_time IS NULL
last_update_time > 0
last_update_time >= 1700000006000
tags.owner = 'ann'
tag.owner = 'ann'
tags.owner ILIKE 'ANN'
tags.owner != 'ann'
tags.owner LIKE ''
tags.owner IS NULL
tags.owner IS NOT NULL
tags.note = "it's"
tags.`my key` = '1'
tags."a/b" = '2'
tags.owner IN ('ann')
tags.owner > 'a'
tags.owner = 'ann' AND tags.stage = 'prod'
tags.owner = 'ann' name = 'Alpha'
tags.owner = 'ann' OR name = 'alpha'
params.a = 'x'
metrics.a > 1
lifecycle_stage = 'active'
foo = 'x'
name
""".strip().splitlines()
    ),
    *(
        experiment("", *order, view="ALL")
        for order in [
            [],
            ["name"],
            ["name DESC"],
            ["creation_time"],
            ["creation_time ASC"],
            ["creation_time DESC"],
            ["last_update_time"],
            ["last_update_time DESC", "name"],
            ["experiment_id"],
            ["experiment_id DESC"],
            ["attribute.name"],
            ["`name` DESC"],
            ["name", "name DESC"],
            ["tags.owner"],
            ["metrics.a"],
            ["lifecycle_stage"],
            ["foo"],
            ["name sideways"],
        ]
    ),
    experiment("", view="ACTIVE_ONLY"),
    experiment("", view="DELETED_ONLY"),
    experiment("tags.owner = 'ann'", "name", view="ALL"),
]

MNIST = {"name": "mnist", "digest": "aaa"}
MODEL_CASES = [
    *(
        model(text)
        for text in r"""
name = 'one'
name != 'one'
name ILIKE 'ONE'
name like 'o%'
name = one
name = "one"
name IN ('one', 'two')
name NOT IN ('one', 'two')
name IN ('one')
name in ('one', "its")
tags.q = "it's"
tags.q IN ("it's")
tags.q LIKE '%''%'
name > 'a'
name IS NULL
attributes.name = 'one'
attribute.name = 'one'
model_type = 'sklearn'
model_type != 'sklearn'
status = 'READY'
status != 'READY'
status IN ('READY', 'FAILED')
status NOT IN ('READY')
status = 'ready'
status LIKE 'R%'
source_run_id IN ('x')
source_run_id LIKE '%'
experiment_id = '1'
experiment_id IN ('1')
creation_time > 0
creation_timestamp > 0
creation_timestamp_ms > 1700000008000
last_updated_timestamp > 0
attributes.creation_timestamp_ms > 0
attributes.creation_time > 0
last_updated_time > 0
creation_time = '5'
creation_time LIKE '5'
artifact_location LIKE '%/artifacts%'
status_message = 'x'
params.depth = '3'
params.depth = 3
params.depth != '3'
params.depth IN ('3', '10')
params.depth IS NULL
params.`a/b` = 'x'
params."a/b" = 'x'
params.`my key` = 'y'
param.depth = '3'
tags.use = 'prod'
tags.use ILIKE 'PROD'
tags.`t%` = '100%'
tag.use = 'prod'
metrics.acc > 0.5
metrics.acc >= 0.3
metrics.acc = 0.3
metrics.acc != 0.3
metrics.acc < 0.25
metrics.acc = '0.3'
metrics.acc = nan
metrics.acc > x
metrics.acc LIKE '1'
metrics.loss = 0
metrics.loss > 1
metrics.`val/loss` = 0.4
metrics.missing > 0
metric.acc > 0.5
`metrics`.acc > 0.1
foo = 'x'
foo.a = 'x'
lifecycle_stage = 'active'
name = 'one' AND metrics.acc > 0.1
name = 'one' metrics.acc > 0.1
name = 'one' OR name = 'two'
(name = 'one')
name
AND
""".strip().splitlines()
    ),
    model(""),
    model("   "),
    model("", experiments=["2"]),
    model("", experiments=[]),
    model("", datasets=[MNIST]),
    model("", datasets=[{"name": "mnist"}]),
    model("", datasets=[{"name": "cifar", "digest": "ccc"}, MNIST]),
    model("", datasets=[{"name": "mnist", "digest": "zzz"}]),
    model("", datasets=[{"digest": "aaa"}]),
    model("metrics.acc > 0.5", datasets=[MNIST]),
    model("metrics.acc < 0.5", datasets=[MNIST]),
    model("metrics.loss = 0", datasets=[{"name": "cifar"}]),
    model("name = 'one'", datasets=[{"name": "cifar"}]),
    *(
        model("", *order)
        for order in [
            [by("name")],
            [by("name", False)],
            [by("metrics.acc")],
            [by("metrics.acc", False)],
            [by("metrics.loss")],
            [by("metrics.loss", False), by("metrics.acc")],
            [by("metrics.val/loss", False)],
            [by("metrics.`val/loss`", False)],
            [by("metrics.missing")],
            [by("metrics.acc", datasetName="mnist")],
            [by("metrics.acc", False, datasetName="mnist", datasetDigest="aaa")],
            [by("metrics.acc", False, datasetName="cifar")],
            [by("metrics.acc", datasetDigest="aaa")],
            [by("creation_time")],
            [by("creation_timestamp", False)],
            [by("creation_timestamp_ms")],
            [by("last_updated_timestamp")],
            [by("last_updated_time")],
            [by("model_id")],
            [by("model_id", False)],
            [by("model_type"), by("name", False)],
            [by("source_run_id", False)],
            [by("status"), by("model_id")],
            [by("status_message")],
            [by("experiment_id"), by("name")],
            [by("params.depth")],
            [by("foo")],
            [by("name"), by("name", False)],
        ]
    ),
    model("", by("metrics.acc", False), datasets=[MNIST]),
    model("", by("metrics.acc", datasetName="cifar"), datasets=[MNIST]),
]
