"""Asking a person."""

from __future__ import annotations

import io

import pytest

from fazai.cli._person import Person
from fazai.diagnostic import Finding, Where
from fazai.toolspec import Danger
from tests.cli.values import DANGEROUS, PLAN

MISSING = [
    Finding(summary="A value is missing", detail="mail needs relayhost.", where=Where(field="relayhost")),
    Finding(summary="A value is missing", where=Where(field="networks")),
]


def person(answers: str) -> tuple[Person, io.StringIO]:
    asked = io.StringIO()
    return Person(asked, io.StringIO(answers)), asked


@pytest.mark.parametrize(
    ("answer", "yes"), [("y\n", True), ("YES\n", True), ("\n", False), ("n\n", False), ("yep\n", False), ("", False)]
)
def test_only_a_clear_yes_is_one(answer: str, yes: bool) -> None:
    asks, asked = person(answer)
    assert asks.approves(PLAN) == (yes, ())
    assert asked.getvalue() == "Apply? [y/N] "


def test_a_danger_needs_its_word_before_the_question() -> None:
    asks, asked = person("lock-out\ny\n")
    assert asks.approves(DANGEROUS) == (True, (Danger.LOCK_OUT,))
    assert "Type lock-out to go on" in asked.getvalue()


@pytest.mark.parametrize("answer", ["y\ny\n", "yes\ny\n", "data-loss\ny\n", "LOCK-OUT\ny\n"])
def test_another_word_is_a_no(answer: str) -> None:
    asks, asked = person(answer)
    assert asks.approves(DANGEROUS) == (False, ())
    assert "Apply?" not in asked.getvalue()


def test_inputs_are_asked_for_by_name_with_their_help() -> None:
    asks, asked = person("mx:587\n[10.0.0.0/8, 192.168.0.0/16]\n")
    assert asks.inputs(MISSING) == {"relayhost": "mx:587", "networks": ["10.0.0.0/8", "192.168.0.0/16"]}
    assert asked.getvalue() == "relayhost (mail needs relayhost.): networks: "


@pytest.mark.parametrize("answers", ["", "\n", "mx\n", "mx\n\n"])
def test_no_answer_ends_the_asking(answers: str) -> None:
    asks, _asked = person(answers)
    assert asks.inputs(MISSING) is None


def test_an_answer_that_is_not_yaml_is_text() -> None:
    asks, _asked = person("[smtp.example.net]:587\nx\n")
    assert asks.inputs(MISSING) == {"relayhost": "[smtp.example.net]:587", "networks": "x"}


def test_help_from_outside_does_not_steer_the_terminal() -> None:
    asks, asked = person("x\n")
    asks.inputs([Finding(summary="A value is missing", detail="\x1b[2Jgone", where=Where(field="relayhost"))])
    assert "\x1b" not in asked.getvalue()
