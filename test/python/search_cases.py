"""The searches that search_reference.py asks MLflow."""


def run(filter="", *order_by, view="ACTIVE_ONLY", experiments=("1",)):
    return {"filter": filter, "orderBy": list(order_by), "view": view, "experiments": list(experiments)}


def experiment(filter="", *order_by, view="ACTIVE_ONLY"):
    return {"filter": filter, "orderBy": list(order_by), "view": view}


def model(filter="", *order_by, datasets=(), experiments=("1",)):
    return {"filter": filter, "orderBy": list(order_by), "datasets": list(datasets), "experiments": list(experiments)}


def by(field_name, ascending=True, **more):
    return {"fieldName": field_name, "ascending": ascending, **more}


RUN_FILTERS = r"""
metrics.acc > 0.8
metrics.acc >= 0.8
metrics.acc = 0.8
metrics.acc != 0.8
metrics.acc < 0
metrics.acc <= 0
metrics.acc = 0
metrics.acc = -0
metrics.acc>-1
metrics.acc > 1e3
metrics.acc > 1.5E-3
metrics.acc > .5
metrics.acc > 5.
metrics.acc > -.5
metrics.acc < 1e999
metrics.acc = 1.7976931348623157e308
metrics.acc = 9007199254740993
metrics.acc > 0x1F
metrics.acc > +1
metrics.acc > - 1
metrics.acc > 1e+3
metrics.acc > .5e1
metrics.acc > 1_000
metrics.acc > 1e
metrics.acc > 1.2.3
metrics.acc == 1
metrics.acc <> 1
metrics.acc <=> 1
metrics.acc = '1'
metrics.acc = nan
metrics.acc = inf
metrics.acc LIKE '1'
metrics.acc IN (1, 2)
metrics.acc IS NULL
metrics.loss > 0
metrics.loss >= 0
metrics.loss = 0
metrics.loss != 0
metrics.loss != 0.1
metrics.loss < 1
metrics.missing > 0
metric.acc > 0.8
Metrics.acc > 0.8
`metrics`.acc > 0.8
"metrics".acc > 0.8
metrics .acc > 0.8
metrics. acc > 0.8
metrics.val/loss > 0
metrics.val-loss > 0
metrics.val loss > 0
metrics.val.loss > 0
metrics.`val/loss` > 0
metrics."val/loss" > 0
metrics.'val/loss' > 0
metrics.`val.loss` > 0
metrics.`val loss` > 0
metrics."val-loss" > 0
metrics.`val/loss` < 0.1 AND metrics.`val loss` > 0
metrics.métrique > 1
metrics.精度 > 1
metrics.count = 1
metrics.order = 2
metrics.select = 3
metrics.1a = 4
metrics.in = 5
metrics.desc = 6
metrics.1 > 0
metrics.a$b > 0
metrics.a:b > 0
metrics.a@b > 0
metrics. > 0
metrics > 0
.acc > 0
metrics.acc >
metrics.acc
= 1
1 < metrics.acc
metrics.acc BETWEEN 0 AND 1
metrics.acc > 0.5 AND metrics.loss < 0.2
metrics.acc > 0.5 and metrics.loss < 0.2
metrics.acc > 0.5 metrics.loss < 0.2
metrics.acc > 0.5 AND
AND metrics.acc > 0.5
metrics.acc > 0.5 AND AND metrics.loss < 0.2
AND
metrics.acc > 0.5, metrics.loss < 0.2
metrics.acc > 0.5;
metrics.acc > 0.5; metrics.loss < 0.2
metrics.acc > 0.5 -- comment
metrics.acc > 0.5 /* comment */
metrics.acc>=0.5AND metrics.loss<2
params.lr = '0.1'
params.lr = "0.1"
params.lr != '0.1'
params.lr = 0.1
params.lr = lr
params.lr = `0.1`
params.lr > '0.1'
params.lr == '0.1'
params.lr = ' 0.1 '
params.lr LIKE '0.%'
params.lr LIKE '%1'
params.lr like '%0%'
params.lr LIKE '_.1'
params.lr LIKE '0.1'
params.lr LIKE ''
params.lr LIKE '%'
params.lr NOT LIKE '0%'
params.lr IN ('0.1', '0.01')
params.lr IS NULL
params.lr is null
params.lr IS NOT NULL
params.lr IS NOT NULL AND params.opt IS NULL
params.lr IS
params.lr = NULL
params.opt = 'adam'
params.opt LIKE 'Adam'
params.opt ILIKE 'ADAM'
params.opt ilike 'a%M'
params.opt = ''
params.opt = ""
params.opt LIKE '%a%' AND params.opt != 'sgd'
params.quoted = "it's"
params.quoted = 'it\'s'
params.quoted = 'it''s'
params.quoted = 'a "b" c'
params.quoted LIKE "%'%"
params.quoted LIKE '%"%'
params.quoted = 'C:\dir\file'
params.quoted LIKE 'C:\%'
params.quoted = '\'
params.tick = '`x`'
params.pattern = '100%'
params.pattern LIKE '100%'
params.pattern LIKE '100\%'
params.clé = 'ÉTÉ'
params.clé ILIKE 'été'
params.clé LIKE '_T_'
params.鍵 = '値'
params.`a/b` = '1'
params.a.b = '2'
params.`a.b` = '2'
params."a b" = '3'
params.`a-b` = '4'
params.a."b" = '2'
params.`a`.b = '2'
params.`a = '2'
params.a = 'x
params.a = x'
params.is = 'y'
params.like = 'z'
params.null = 'n'
params.and = '&'
params.or = '|'
params.not = '!'
params.key = 'k'
params.name = 'N'
params.type = 't'
params.in = 'x'
params.LR = '0.1'
param.lr = '0.1'
parameter.lr = '0.1'
parameters.lr = '0.1'
params. = 'x'
params = 'x'
params.lr = params.opt
params.lr = '0.1' AND params.lr = '0.01'
params.lr = '0.1' '0.2'
params.lr = E'0.1'
'0.1' = params.lr
params.{a} = 'x'
params.lr % '0'
params.lr RLIKE '^0'
params.lr = '0.1' OR params.lr = '0.01'
NOT params.lr = '0.1'
(params.lr = '0.1')
tags.team = 'vision'
tag.team ILIKE 'VISION'
tags.team != 'vision'
tags.team IS NULL
tags.team IS NOT NULL AND tags.team != ''
tags.Team = 'vision'
tags.mark LIKE 'a_b'
tags.mark = 'a_b'
tags.say = 'he said "hi"'
tags.say = 'it''s'
tags.padded = '  x  '
tags.emoji LIKE 'rocket _ end'
tags.emoji LIKE '_'
tags.emoji = '🚀'
tags.langue ILIKE 'FRAN%'
tags.`x/y` = 'z'
tags.mlflow.note.content LIKE '%one%two'
tags.`mlflow.runName` = 'first'
tags.mlflow.runName ILIKE 'second'
tags.mlflow.parentRunId IS NOT NULL
tags."mlflow.parentRunId" IS NULL AND metrics.acc > 1
attribute.status = 'FINISHED'
attributes.status != 'FINISHED'
attr.status = 'FAILED'
run.status = 'KILLED'
status = 'RUNNING'
status LIKE 'F%'
status ILIKE 'finished'
status = 'finished'
Status = 'FINISHED'
status IN ('FINISHED')
status IS NULL
status > 'A'
status = FINISHED
run_id = 'RUN0'
run_id != 'RUN0'
run_id IN ('RUN0', 'RUN1')
run_id in ("RUN0","RUN1")
run_id IN ('RUN0')
run_id IN ('RUN0',)
run_id IN('RUN1')
run_id NOT IN ('RUN0', 'RUN1')
run_id not in ('RUN0')
attributes.run_id NOT  IN ('RUN0') AND metrics.acc > 0.8
run_id IN ('RUN0' 'RUN1')
run_id IN ()
run_id IN (1, 2)
run_id IN ('RUN0', 1)
run_id IN (RUN0)
run_id IN 'RUN0'
run_id IN ('RUN0'
run_id = ('RUN0', 'RUN1')
run_id LIKE '%a'
run_name = 'first'
run_name != 'first'
run_name = "quote's"
run_name = 'double"'
run_name LIKE '%100\%'
run_name LIKE '100_'
run_name ILIKE 'second'
run_name ILIKE 'ÉTÉ'
run_name = '日本語'
run_name IN ('first')
`run name` = 'first'
"run name" = 'first'
attributes.`Run Name` = 'first'
attributes."Run name" LIKE 'fi%'
run name = 'first'
user_id = 'ann'
user_id != 'ann'
user_id = ''
user_id ILIKE 'BOB'
artifact_uri LIKE '%/artifacts'
start_time > 1700000000100
start_time <= 1700000000030
start_time = 1700000000030
start_time != 1700000000030
start_time > 1700000000029.5
start_time > '5'
start_time LIKE '5'
start_time IS NULL
start_time > 1e3
created >= 1700000000150
Created < 1700000000020
attributes.created = 1700000000010
end_time > 1700000000100
end_time != 1
end_time IS NULL
end_time > -5
dataset.name = 'mnist'
datasets.name LIKE 'M%'
dataset.name ILIKE 'MNIST'
dataset.name != 'mnist'
dataset.name IN ('mnist', 'cifar')
dataset.name NOT IN ('mnist')
dataset.digest = 'aaa'
dataset.digest NOT IN ('aaa', 'bbb')
dataset.context = 'train'
dataset.context != 'train'
dataset.context ILIKE 'TRAIN'
dataset.context IN ('train', 'test')
dataset.name = 'mnist' AND dataset.context = 'train'
dataset.name = 'mnist' AND dataset.digest = 'ccc'
dataset.name = 'données' AND dataset.context LIKE 'entra%'
dataset.name IN ("it's")
dataset.name IN ('it\'s', 'mnist')
dataset.name IS NULL
dataset.name > 'a'
dataset.name = 1
dataset.profile = 'x'
foo.a = 'x'
foo = 'x'
experiment_id = '1'
lifecycle_stage = 'active'
timestamp > 5
params.lr = '0.1' AND metrics.acc > 0.8 AND tags.team = 'vision' AND dataset.name = 'mnist' AND status = 'FINISHED'
run_id IN ('RUN0') AND params.opt = 'adam'
params.opt IS NULL AND tags.team IS NOT NULL AND metrics.acc < 1
""".strip().splitlines()

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
