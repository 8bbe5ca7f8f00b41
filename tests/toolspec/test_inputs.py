"""Given values become checked values; a secret is a reference, and what is not one is never repeated."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from fazai.toolspec import Input, SecretRef, bind
from fazai.toolspec.inputs import missing, secret_ref


def bound(value: Any, **spec: Any) -> Any:
    values, problems = bind({"x": Input.model_validate(spec)}, {"x": value})
    assert problems == []
    return values["x"]


def refusal(value: Any, **spec: Any) -> str:
    values, problems = bind({"x": Input.model_validate(spec)}, {"x": value})
    assert "x" not in values
    assert len(problems) == 1
    name, summary, remedy = problems[0]
    assert (name, summary) == ("x", 'The input "x" is not valid')
    return remedy


@pytest.mark.parametrize(
    ("value", "spec", "expected"),
    [
        ("a", {}, "a"),
        ("{{ lookup('pipe', 'id') }}", {}, "{{ lookup('pipe', 'id') }}"),
        (5, {}, "5"),
        (5, {"type": "int"}, 5),
        ("5", {"type": "int"}, 5),
        ("-5", {"type": "int"}, -5),
        (5, {"type": "float"}, 5.0),
        (True, {"type": "bool"}, True),
        ("/srv/x", {"type": "path"}, "/srv/x"),
        (["a", 1], {"type": "list"}, ["a", "1"]),
        ("a", {"type": "list"}, ["a"]),
        (["1", 2], {"type": "list", "elements": "int"}, [1, 2]),
        ({"a": [1]}, {"type": "dict"}, {"a": [1]}),
        ({"a": "1"}, {"type": "dict", "options": {"a": {"type": "int"}, "b": {"default": "y"}}}, {"a": 1, "b": "y"}),
        ("env:DB_PASSWORD", {"secret": True}, "env:DB_PASSWORD"),
        ("file:~/.secret", {"secret": True}, "file:~/.secret"),
        ("vault:db_password", {"secret": True}, "vault:db_password"),
        (8081, {"type": "int", "form": "port"}, 8081),
        ("192.168.15.2", {"form": "address"}, "192.168.15.2"),
        ("fe80::1", {"form": "address"}, "fe80::1"),
        ("192.168.15.0/24", {"form": "network"}, "192.168.15.0/24"),
        ("mx.example.org", {"form": "hostname"}, "mx.example.org"),
        ("http://127.0.0.1:8000/a?b=c", {"form": "url"}, "http://127.0.0.1:8000/a?b=c"),
        ("02:30", {"form": "time"}, "02:30"),
        ("256mb", {"form": "size"}, "256mb"),
        ("ssh-ed25519 AAAA ana", {"form": "ssh_key"}, "ssh-ed25519 AAAA ana"),
        ("b", {"choices": ["a", "b"]}, "b"),
    ],
)  # fmt: skip
def test_a_value_is_taken_as_its_type(value: Any, spec: dict[str, Any], expected: Any) -> None:
    found = bound(value, **spec)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("value", "spec", "reason"),
    [
        (True, {}, "must be text; write it in quotes"),
        ([], {}, "must be of type str, not list"),
        ("x", {"type": "int"}, "must be of type int, not str"),
        (True, {"type": "int"}, "must be of type int, not bool"),
        (1.5, {"type": "int"}, "must be of type int, not float"),
        ("9" * 30, {"type": "int"}, "must be of type int"),
        ("yes", {"type": "bool"}, "must be of type bool, not str"),
        ("x", {"type": "dict"}, "must be a mapping"),
        ("srv", {"type": "path"}, "must be an absolute path"),
        ("/srv/../etc", {"type": "path"}, "must be an absolute path"),
        ("/srv/a\nb", {"type": "path"}, "must be an absolute path"),
        (["x"], {"type": "list", "elements": "int"}, "must be of type int"),
        ({"b": 1}, {"type": "dict", "options": {"a": {"required": True}, "b": {}}}, "lacks a"),
        ({"aa": 1}, {"type": "dict", "options": {"a_name": {}}}, 'Unknown input "aa"'),
        ("c", {"choices": ["a", "b"]}, "valid: a, b"),
        ("a\nb", {"form": "line"}, "must be a single line"),
        ("a\u2028b", {"form": "line"}, "must be a single line"),
        ("a\u0085b", {"form": "line"}, "must be a single line"),
        (0, {"type": "int", "form": "port"}, "must be a port"),
        (65536, {"type": "int", "form": "port"}, "must be a port"),
        ("192.168.15.300", {"form": "address"}, "address"),
        ("fe80::1%eth0\nx", {"form": "address"}, "address"),
        ("192.168.15.0/33", {"form": "network"}, "network"),
        ("-x.example.org", {"form": "hostname"}, "must be a host name"),
        ("a;b", {"form": "hostname"}, "must be a host name"),
        ("http://x; return 200", {"form": "url"}, "must be an http or https URL"),
        ("24:00", {"form": "time"}, "must be a time of day"),
        ("1 mb; x", {"form": "size"}, "must be a size"),
        ("ssh-ed25519 AAAA\nssh-rsa BBBB", {"form": "ssh_key"}, "one public ssh key"),
        ('command="x" ssh-ed25519 AAAA', {"form": "ssh_key"}, "one public ssh key"),
        ("a b", {"form": "unix_name"}, "must be a user or group name"),
        (["a\nb"], {"type": "list", "form": "line"}, "must be a single line"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(value: Any, spec: dict[str, Any], reason: str) -> None:
    assert reason in refusal(value, **spec)


@pytest.mark.parametrize(
    "value", ["hunter2", "", "env:", "env:A B", "env:A\n", "http://x", "env:{{ x }}", "file:/a\n", 5, ["env:A"], "ENV:A"]
)
def test_what_is_no_reference_is_refused_without_repeating_it(value: Any) -> None:
    reason = refusal(value, secret=True)
    assert "write a reference" in reason
    assert "hunter2" not in reason


def test_a_list_of_secrets_is_a_list_of_references() -> None:
    assert bound(["env:A", "env:B"], type="list", elements="str") == ["env:A", "env:B"]


def test_a_reference_reads_as_it_is_written() -> None:
    assert secret_ref("env:A") == SecretRef("env", "A")
    assert str(SecretRef("env", "A")) == "env:A"


def test_defaults_fill_what_is_not_given_and_nothing_is_none() -> None:
    inputs = {"a": Input(default="x"), "b": Input(), "c": Input(required=True)}
    assert bind(inputs, {}) == ({"a": "x"}, [])
    assert missing(inputs, {"a": "y"}) == ["c"]


def test_an_unknown_input_is_named_with_the_nearest_one() -> None:
    assert bind({"content": Input()}, {"contnt": "x"}) == ({}, [("contnt", 'Unknown input "contnt"', 'Did you mean "content"?')])


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ({"required": True, "default": "x"}, "a required input has no default"),
        ({"secret": True, "default": "env:A"}, "a secret has no default"),
        ({"elements": "int"}, "elements belongs to type: list"),
        ({"options": {"a": {}}}, "options belongs to type: dict"),
        ({"type": "int", "default": "x"}, "must be of type int"),
        ({"default": "c", "choices": ["a"]}, "valid: a"),
        ({"form": "time", "default": "25:00"}, "a time of day"),
    ],
)
def test_an_input_must_fit_itself(spec: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Input.model_validate(spec)


def test_a_secret_option_makes_the_whole_input_secret() -> None:
    spec = Input.model_validate({"type": "list", "elements": "dict", "options": {"name": {}, "password": {"secret": True}}})
    assert spec.has_secret
