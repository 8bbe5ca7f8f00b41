"""What may be remembered."""

from __future__ import annotations

from typing import Any

import pytest

from fazai.kb import entry_id, judge, scrub_check
from fazai.outcome import EntryStatus, Level
from tests.kb.support import entry, toolspec, use

NESTED = toolspec(
    "users",
    inputs={
        "users": {
            "type": "list",
            "elements": "dict",
            "options": {"name": {"required": True}, "password": {"secret": True}},
        },
        "keys": {"type": "list", "elements": "str", "secret": True},
    },
)


def fields_of(*uses: Any) -> list[str | None]:
    return [finding.where.field for finding in scrub_check(entry(uses=uses)) if finding.where]


def test_references_may_stand_in_an_entry() -> None:
    assert scrub_check(entry()) == []


def test_a_secret_may_not_and_is_not_repeated() -> None:
    (finding,) = scrub_check(entry(uses=(use(password="hunter2-canary"),)))
    assert finding.where is not None
    assert finding.where.field == "uses.0.inputs.password"
    assert "hunter2" not in finding.model_dump_json()


@pytest.mark.parametrize("value", ["", "env:", "env:two words", "hunter2", 12345678, ["env:A", "hunter2"], {"a": "env:A"}])
def test_only_a_whole_reference_is_one(value: Any) -> None:
    assert fields_of(use(password=value)) != []


def test_secrets_within_lists_of_mappings_are_found() -> None:
    given = [{"name": "ana", "password": "env:ANA"}, {"name": "rui", "password": "hunter2"}]
    assert fields_of(use(NESTED, users=given, keys=["env:A", "plain"])) == [
        "uses.0.inputs.users.1.password",
        "uses.0.inputs.keys.1",
    ]


def test_an_input_that_nobody_knows_may_be_a_secret() -> None:
    assert fields_of(use(passwrod="x")) == ["uses.0.inputs.passwrod"]


@pytest.mark.parametrize("field", ["goal_text", "why_failed", "title"])
def test_a_private_key_is_found_anywhere(field: str) -> None:
    key = "-----BEGIN OPENSSH PRIVATE KEY-----\nabc"
    found = scrub_check(entry().model_copy(update={field: key}))
    assert [finding.summary for finding in found] == ["A private key stands in the entry"]


@pytest.mark.parametrize(
    "fields", [{"level": Level.APPLIED}, {"run_id": ""}, {"hosts": ()}, {"uses": ()}], ids=["level", "run", "hosts", "uses"]
)
def test_verified_means_accepted_on_real_evidence(fields: dict[str, Any]) -> None:
    assert judge(entry(**fields)) != []
    assert judge(entry(verified=False, **fields)) == []


@pytest.mark.parametrize("bad", ["../x", "", "A", ".x", "x/y", "x" * 65])
def test_an_id_is_never_a_path(bad: str) -> None:
    assert [finding.summary for finding in judge(entry(id=bad))] == ["An entry's id is not valid"]


def test_a_failure_does_not_take_the_place_of_the_proof() -> None:
    assert entry_id("0" * 64, EntryStatus.VERIFIED) != entry_id("0" * 64, EntryStatus.FAILED)
