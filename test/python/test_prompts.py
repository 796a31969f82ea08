"""Prompts, which MLflow keeps in the model registry."""

import time

import mlflow
import pytest
from mlflow.exceptions import MlflowException


@pytest.fixture
def prompt(client, name):
    """The name of a prompt with two versions."""
    mlflow.genai.register_prompt(name, "Say {{what}}.", commit_message="first", tags={"author": "ada"})
    mlflow.genai.register_prompt(name, "Say {{what}} to {{whom}}, größe 値.", commit_message="second")
    return name


def test_a_prompt_is_registered_and_loaded(prompt):
    assert mlflow.genai.load_prompt(prompt, version=1).template == "Say {{what}}."
    second = mlflow.genai.load_prompt(f"prompts:/{prompt}/2")
    assert (second.version, second.commit_message) == (2, "second")
    assert second.format(what="hello", whom="you") == "Say hello to you, größe 値."
    assert mlflow.genai.load_prompt(prompt, version=1).tags["author"] == "ada"
    assert mlflow.genai.load_prompt(f"prompts:/{prompt}@latest").version == 2
    assert mlflow.genai.load_prompt(f"{prompt}-unknown", version=1, allow_missing=True) is None


def test_a_chat_prompt(client, name):
    messages = [{"role": "system", "content": "You are {{style}}."}, {"role": "user", "content": "{{question}}"}]
    mlflow.genai.register_prompt(name, messages)
    assert mlflow.genai.load_prompt(name, version=1).template == messages


def test_aliases_of_a_prompt(client, prompt):
    mlflow.genai.set_prompt_alias(prompt, "production", 1)
    assert mlflow.genai.load_prompt(f"prompts:/{prompt}@production", cache_ttl_seconds=0).version == 1
    mlflow.genai.set_prompt_alias(prompt, "production", 2)
    assert mlflow.genai.load_prompt(f"prompts:/{prompt}@production", cache_ttl_seconds=0).version == 2
    mlflow.genai.delete_prompt_alias(prompt, "production")
    with pytest.raises(MlflowException):
        mlflow.genai.load_prompt(f"prompts:/{prompt}@production", cache_ttl_seconds=0)


def test_prompts_are_found_and_are_no_models(client, prompt):
    assert [each.name for each in mlflow.genai.search_prompts(f"name = '{prompt}'")] == [prompt]
    assert client.search_registered_models(f"name = '{prompt}'") == []
    assert client.search_model_versions(f"name = '{prompt}'") == []
    with pytest.raises(MlflowException):
        client.create_registered_model(prompt)


def test_a_name_belongs_to_a_model_or_a_prompt(client, name):
    client.create_registered_model(name)
    with pytest.raises(MlflowException):
        mlflow.genai.register_prompt(name, "text")


def test_tags_of_a_prompt_and_its_versions(client, prompt):
    mlflow.genai.set_prompt_tag(prompt, "owner", "größe")
    mlflow.genai.set_prompt_version_tag(prompt, 1, "reviewed", "yes")
    assert mlflow.genai.get_prompt_tags(prompt)["owner"] == "größe"
    assert mlflow.genai.load_prompt(prompt, version=1, cache_ttl_seconds=0).tags["reviewed"] == "yes"
    mlflow.genai.delete_prompt_tag(prompt, "owner")
    mlflow.genai.delete_prompt_version_tag(prompt, 1, "reviewed")
    assert "owner" not in mlflow.genai.get_prompt_tags(prompt)
    assert "reviewed" not in mlflow.genai.load_prompt(prompt, version=1, cache_ttl_seconds=0).tags


def test_a_prompt_is_of_the_experiment_that_uses_it(client, experiment, name):
    mlflow.genai.register_prompt(name, "text")
    until = time.monotonic() + 20
    # The client notes the experiment in the background.
    while time.monotonic() < until:
        found = [each.name for each in client.search_prompts(f'experiment_id = "{experiment}"')]
        if found:
            break
        time.sleep(0.1)
    assert found == [name]


def test_versions_of_a_prompt_are_deleted(client, prompt):
    client.delete_prompt_version(prompt, "1")
    with pytest.raises(MlflowException):
        client.get_prompt_version(prompt, "1")
    assert [int(each.version) for each in client.search_prompt_versions(prompt)] == [2]
    client.delete_prompt_version(prompt, "2")
    client.delete_prompt(prompt)
    assert client.get_prompt(prompt) is None


def test_a_long_prompt_has_mlflows_limit(client, name):
    text = "値" * 30_000
    mlflow.genai.register_prompt(name, text)
    assert mlflow.genai.load_prompt(name, version=1).template == text
    with pytest.raises(MlflowException):
        mlflow.genai.register_prompt(name, "x" * 100_001)
