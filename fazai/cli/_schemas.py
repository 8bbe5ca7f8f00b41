"""JSON Schemas of the file formats, from the models that read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from fazai.action import action_schema
from fazai.goal import Goal
from fazai.project import Settings
from fazai.toolspec import ToolSpec

_TITLES: Final[Mapping[str, str]] = {
    "goal": "A goal of FazAI",
    "toolspec": "A toolspec of FazAI",
    "action": "One line of a planner of FazAI",
    "settings": "fazai.yml, the settings of a FazAI project",
}
_MAKERS: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "goal": lambda: Goal.model_json_schema(by_alias=True),
    "toolspec": lambda: ToolSpec.model_json_schema(by_alias=True),
    "action": action_schema,
    "settings": lambda: Settings.model_json_schema(by_alias=True),
}


def schema_of(name: str) -> dict[str, Any]:
    """The schema of `goal`, `toolspec`, `action` or `settings`, with its dialect, identifier and title."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:fazai:schema:{name}:1",
        **_MAKERS[name](),
        "title": _TITLES[name],
    }
