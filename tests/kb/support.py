"""Entries for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from fazai.kb import entry_id
from fazai.outcome import Entry, EntryStatus, Level
from fazai.plan import Origin, Source, Use
from fazai.toolspec import ToolSpec

START = datetime(2026, 1, 1, tzinfo=UTC)


def toolspec(name: str = "static_site", **fields: Any) -> ToolSpec:
    """A toolspec with a secret input and an open one."""
    return ToolSpec.model_validate(
        {
            "name": name,
            "title": {"en": name.replace("_", " ")},
            "inputs": {"port": {"type": "int", "default": 80}, "password": {"secret": True}},
            "steps": [{"package": {"names": ["nginx"]}}, {"service": {"name": "nginx", "state": "started"}}],
            **fields,
        }
    )


def entry(text: str = "Serve the static page", number: int = 0, *, verified: bool = True, **fields: Any) -> Entry:
    """The `number`-th entry: later ones are newer, and have other ids."""
    status = EntryStatus.VERIFIED if verified else EntryStatus.FAILED
    plan_hash = f"{number:064x}"
    values: dict[str, Any] = {
        "id": entry_id(plan_hash, status),
        "status": status,
        "title": "Static web page",
        "goal_text": text,
        "concepts": ("nginx", "page"),
        "uses": (use(),),
        "level": Level.ACCEPTED if verified else Level.APPLIED,
        "plan_hash": plan_hash,
        "run_id": "run-1",
        "hosts": ("web1",),
        "at": START + timedelta(hours=number),
        **fields,
    }
    return Entry(**values)


def use(spec: ToolSpec | None = None, **inputs: Any) -> Use:
    """A use of a toolspec with these inputs."""
    return Use(
        toolspec=spec or toolspec(),
        inputs=inputs or {"port": 8081, "password": "env:PAGE_PASSWORD"},
        origin=Origin(source=Source.CATALOG, name="static_site"),
    )
