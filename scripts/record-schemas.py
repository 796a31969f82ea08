"""Records the database schema of every MLflow release from 2.9 on, into src/server/sqlite/schemas.

    python scripts/record-schemas.py

Needs `uv` on PATH, PyPI and some 15 minutes. The first and the last patch release of every minor are installed without
their dependencies, over an environment that older or newer releases share, and asked to make a new database
(schemas/describe_database.py). Where the two end at different revisions the patches between them are asked too.
Writes statements.json (every distinct statement once) and revisions.json (for each revision, oldest first, the releases
that end at it and the numbers of its statements), and lineage.json (every revision of the newest release, oldest first).
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OLDEST, NEWEST = (2, 9), (3, 18)
# What the older releases need, which do not say how new their dependencies may be.
OLDER = [
    "mlflow==2.22.5",
    "databricks-cli",
    "entrypoints",
    "pytz",
    "sqlalchemy<2.1",
    "protobuf<5",
    "setuptools<80",
    "numpy<2",
    "pandas<3",
]
NEWER = ["mlflow==3.17.2", "sqlalchemy<2.1"]
FIRST_NEWER = (3, 4)

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "server" / "sqlite" / "schemas"
# Rows that are the same in every new database. The Default experiment has a place and times of its own.
CONSTANT_ROWS = ("alembic_version", "workspaces")


def version_key(release):
    return tuple(int(part) for part in release.split("."))


def published_releases():
    """The final releases on PyPI that are to be recorded, oldest first."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "index", "versions", "mlflow"], check=True, capture_output=True, text=True
    ).stdout
    line = next(line for line in listed.splitlines() if line.startswith("Available versions:"))
    releases = re.findall(r"\b\d+\.\d+\.\d+\b(?!\w)", line)
    return sorted((r for r in releases if OLDEST <= version_key(r)[:2] <= NEWEST), key=version_key)


def make_environment(folder, requirements):
    subprocess.run(["uv", "venv", "-q", "--python", "3.11", folder], check=True)
    python = folder / "bin" / "python"
    subprocess.run(["uv", "pip", "install", "-q", "--python", python, *requirements], check=True)
    return python


def describe(python, release, folder):
    """What a new database of this release is, as printed by describe_database.py."""
    found = ask(python, release, folder, "describe_database.py")
    check(release, found)
    return found


def ask(python, release, folder, program):
    """What a program of schemas/ prints with this release."""
    packages, work = folder / "packages", folder / "work"
    work.mkdir(parents=True)
    install = ["uv", "pip", "install", "-q", "--no-cache", "--no-deps", "--python", python, "--target", packages]
    subprocess.run([*install, f"mlflow=={release}"], check=True)
    ended = subprocess.run(
        [python, HERE / "schemas" / program],
        cwd=work,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(work),
            "PYTHONPATH": str(packages),
            "MLFLOW_DISABLE_TELEMETRY": "true",
            "DO_NOT_TRACK": "true",
        },
        capture_output=True,
        text=True,
    )
    shutil.rmtree(folder)
    recorded = [line for line in ended.stdout.splitlines() if line.startswith("RECORDED ")]
    if not recorded:
        raise SystemExit(f"{release} gave no answer to {program}:\n{ended.stderr}")
    return json.loads(recorded[0].removeprefix("RECORDED "))


def check(release, found):
    """Stops where a release differs in what the server takes as given."""
    assert found["release"] == release, found["release"]
    assert set(found["rows"]) <= {"experiments", *CONSTANT_ROWS}, found["rows"].keys()
    default = found["rows"]["experiments"]
    assert len(default) == 1 and default[0][:2] == [0, "Default"] and default[0][3] == "active", default
    assert default[0][6:] in ([], ["default"]), default
    assert found["default_location"] == "mlruns/0", found["default_location"]
    assert (found["new_id"], found["new_location"]) == ("1", "mlruns/1"), found


def quoted(value):
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)


def statements_of(found):
    rows = [(table, row) for table in CONSTANT_ROWS for row in found["rows"].get(table, [])]
    inserts = [f"INSERT INTO {table} VALUES ({', '.join(map(quoted, row))})" for table, row in rows]
    return [*found["statements"], *inserts]


def canonical(statement):
    """The same for statements that differ in the order of constraints only: SQLAlchemy goes through a set of them."""
    return tuple(sorted(line.strip().rstrip(",") for line in statement.splitlines()))


def describe_minor(releases, describe_one):
    """Schemas of the releases of one minor: of the first and last only, where these are the same."""
    found = {release: describe_one(release) for release in dict.fromkeys([releases[0], releases[-1]])}
    if len({revision_of(each) for each in found.values()}) > 1:
        found.update({release: describe_one(release) for release in releases[1:-1]})
    return found


def revision_of(found):
    return found["rows"]["alembic_version"][0][0]


def write(name, value, **options):
    (OUT / name).write_text(json.dumps(value, ensure_ascii=False, **options) + "\n", encoding="utf-8")


def add_minor(found, patches, revisions, statements):
    """Adds the releases of one minor to the two tables that are written in the end."""
    for release, each in sorted(found.items(), key=lambda item: version_key(item[0])):
        numbers = [
            statements.setdefault(canonical(text), (len(statements), text))[0] for text in statements_of(each)
        ]
        before = revisions.setdefault(revision_of(each), {"releases": [], "statements": numbers})["statements"]
        if set(before) != set(numbers):
            texts = dict(statements.values())
            print(*(texts[number] for number in {*before} ^ {*numbers}), sep="\n")
            raise SystemExit(f"{release} and an older release differ at the same revision")
        print(release, revision_of(each), len(numbers), "statements", flush=True)
    shared = revision_of(found[patches[0]])
    for release in patches:
        revision = revision_of(found[release]) if release in found else shared
        revisions[revision]["releases"].append(release)


def main():
    releases = published_releases()
    minors = list(dict.fromkeys(version_key(release)[:2] for release in releases))
    revisions, statements = {}, {}
    with tempfile.TemporaryDirectory() as temp:
        older = make_environment(Path(temp) / "older", OLDER)
        newer = make_environment(Path(temp) / "newer", NEWER)
        for minor in minors:
            python = newer if minor >= FIRST_NEWER else older
            patches = [release for release in releases if version_key(release)[:2] == minor]
            found = describe_minor(patches, lambda release: describe(python, release, Path(temp) / "release"))
            add_minor(found, patches, revisions, statements)
        lineage = ask(newer, releases[-1], Path(temp) / "release", "list_revisions.py")
    OUT.mkdir(parents=True, exist_ok=True)
    write("statements.json", [text for _, text in statements.values()], indent=0)
    write("lineage.json", lineage, indent=0)
    lines = [json.dumps({"revision": revision, **each}) for revision, each in revisions.items()]
    (OUT / "revisions.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
