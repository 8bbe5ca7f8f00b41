"""How far a plan was proved, each level with its evidence."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from fazai.diagnostic import Finding
from fazai.outcome._value import Stored, Value, now


class Level(StrEnum):
    """linted < previewed < applied < idempotent < accepted."""

    NONE = "none"
    LINTED = "linted"
    PREVIEWED = "previewed"
    APPLIED = "applied"
    IDEMPOTENT = "idempotent"
    ACCEPTED = "accepted"

    @property
    def rank(self) -> int:
        """Its place in the order."""
        return list(Level).index(self)


class Evidence(Value):
    """Why a level is, or is not, reached."""

    level: Level
    holds: bool
    text: str
    run_id: str | None = None
    at: datetime = Field(default_factory=now)


class CheckResult(Value):
    """One acceptance check on one host; `observed` is compared for `keep`."""

    group: str = Field(description="`accept` or `keep`")
    index: int
    host: str
    title: str
    holds: bool
    detail: str = ""
    observed: Any = None


class Verification(Stored):
    """The proof of one plan on one set of hosts."""

    plan_hash: str
    hosts: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    at: datetime = Field(default_factory=now)

    @property
    def level(self) -> Level:
        """The highest level such that it and all before it hold."""
        reached = Level.NONE
        held = {item.level for item in self.evidence if item.holds}
        for level in list(Level)[1:]:
            if level not in held:
                break
            reached = level
        return reached
