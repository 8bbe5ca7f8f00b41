"""What the knowledge base remembers: a solution with its proof, or a failure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from fazai.outcome._value import Stored, now
from fazai.outcome.verification import Level
from fazai.plan import Use


class EntryStatus(StrEnum):
    """`verified` only at level `accepted`, on real evidence."""

    VERIFIED = "verified"
    FAILED = "failed"


class Entry(Stored):
    """A solved (or failed) goal: its words, its concepts, the uses that served it, and the evidence."""

    id: str
    status: EntryStatus
    title: str
    goal_text: str
    concepts: tuple[str, ...] = ()
    uses: tuple[Use, ...]
    given: tuple[str, ...] = Field(default=(), description="Names of the inputs that the goal gave")
    level: Level
    plan_hash: str
    run_id: str
    hosts: tuple[str, ...]
    versions: Mapping[str, str] = Field(default_factory=dict)
    at: datetime = Field(default_factory=now)
    why_failed: str = ""
