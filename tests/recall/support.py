"""The catalog as candidates, toolspecs that are little else than recall words, and goals."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from fazai.goal import Goal
from fazai.recall import Candidate
from fazai.shelf import Shelf
from fazai.toolspec import ToolSpec

HERE = Path(__file__).parent


def read(name: str) -> list[dict[str, Any]]:
    """A table of cases that lies beside the tests."""
    table: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return table


def toolspec(**fields: Any) -> ToolSpec:
    """A toolspec that is nothing but what recall looks at."""
    fields.setdefault("title", {"en": fields["name"]})
    return ToolSpec.model_validate({"steps": [{"package": {"names": ["hello"]}}], **fields})


@cache
def candidates() -> tuple[Candidate, ...]:
    """Every toolspec of the catalog."""
    return tuple(Candidate.of_toolspec(spec) for spec in Shelf.builtin().all()[0])


def goal(text: str, **fields: Any) -> Goal:
    """A goal with these words."""
    return Goal.model_validate({"name": "test", "goal": text, "hosts": "all", **fields})
