"""The person at the terminal: asked for a yes, for the word of a danger, and for inputs that only they know."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Any, TextIO

import yaml

from fazai.cli._clean import one_line
from fazai.diagnostic import Finding
from fazai.plan import Plan
from fazai.policy import dangers
from fazai.toolspec import Danger

_MEANING = {
    Danger.DATA_LOSS: "data may be lost",
    Danger.LOCK_OUT: "you may lock yourself out of these hosts",
}


class Person:
    """Asks on one stream and reads the answers from another. Only made where somebody is there to answer."""

    def __init__(self, asks: TextIO, answers: TextIO) -> None:
        self._asks, self._answers = asks, answers

    @classmethod
    def at_terminal(cls, args: Namespace) -> Person | None:
        """The person, or None where nobody can answer: a pipe, a job, a program that reads JSON."""
        if args.json or not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        return cls(sys.stderr, sys.stdin)

    def approves(self, plan: Plan) -> tuple[bool, tuple[Danger, ...]]:
        """Whether the person says yes, and the words of the dangers they accepted; anything unclear is a no."""
        accepted: list[Danger] = []
        for danger in dangers(plan):
            if self._ask(f"Danger: {_MEANING[danger]}. Type {danger.value} to go on: ") != danger.value:
                return False, ()
            accepted.append(danger)
        answer = self._ask("Apply? [y/N] ")
        return answer is not None and answer.casefold() in {"y", "yes"}, tuple(accepted)

    def inputs(self, missing: Sequence[Finding]) -> dict[str, Any] | None:
        """A value for each missing input, by name; None when the person gives up. A secret is asked for as a reference."""
        answers: dict[str, Any] = {}
        for finding in missing:
            name = finding.where.field if finding.where else None
            if name is None:
                return None
            help_text = f" ({one_line(' '.join(finding.detail.split()))})" if finding.detail else ""
            answer = self._ask(f"{one_line(name)}{help_text}: ")
            if not answer:
                return None
            answers[name] = _value(answer)
        return answers

    def _ask(self, question: str) -> str | None:
        """The answer without blanks around it; None at the end of input."""
        self._asks.write(question)
        self._asks.flush()
        line = self._answers.readline()
        return line.strip() if line else None


def _value(answer: str) -> Any:
    """A list or mapping in YAML's short form as such; anything else is the text that was typed."""
    if answer[:1] not in {"[", "{"}:
        return answer
    try:
        return yaml.safe_load(answer)
    except yaml.YAMLError:
        return answer
