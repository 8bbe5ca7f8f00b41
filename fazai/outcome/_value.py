"""What all stored values share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Value(BaseModel):
    """Frozen, and strict about fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Stored(Value):
    """A value that lives in a file: its version goes with it."""

    schema_: Literal[1] = Field(default=1, alias="schema")


def now() -> datetime:
    """This moment in UTC, to the second less than needed: microseconds are kept for the order of events."""
    return datetime.now(UTC)
