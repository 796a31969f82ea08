"""Holds the recorded answers of test/fixtures/search/reference.json to the MLflow that is installed."""

import json

import search_reference


def test_recorded_answers_are_those_of_the_installed_mlflow():
    recorded = json.loads(search_reference.FIXTURE.read_text("utf-8"))
    # Through JSON, so that tuples are lists. The schema is left out: the order within a CHECK is a set's.
    fresh = json.loads(search_reference.to_json(search_reference.record()))
    assert fresh["mlflow"] == recorded["mlflow"]
    assert fresh["tables"] == recorded["tables"]
    assert fresh["cases"] == recorded["cases"]
