"""The filters over runs that search_cases.py searches with, good and bad ones, a line each."""

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
