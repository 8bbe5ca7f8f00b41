"""Diffs as modules report them, made into texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from fazai.outcome import Diff

_UNSAID: Final = {
    "src_binary": "The new content is binary.",
    "dst_binary": "The present content is binary.",
    "src_larger": "The new content is too large to be shown.",
    "dst_larger": "The present content is too large to be shown.",
}


def diffs_of(result: Mapping[str, Any]) -> tuple[Diff, ...]:
    """Every diff of a result, those of a loop's items too."""
    return tuple(_diff(one) for one in _raw(result))


def attributes_alone(result: Mapping[str, Any]) -> bool:
    """Whether all that would change is who owns a path, or its mode: it was there before, as the same kind of thing.

    The file module says so: before and after are mappings, and their `state` is the same or not spoken of.
    """
    raw = list(_raw(result))
    return bool(raw) and all(_is_attributes(one.get("before"), one.get("after")) for one in raw)


def _is_attributes(before: Any, after: Any) -> bool:
    return (
        isinstance(before, Mapping)
        and isinstance(after, Mapping)
        and before.get("state") == after.get("state")
        and (set(before) | set(after)) <= {"path", "state", "mode", "owner", "group", "uid", "gid"}
    )


def _raw(result: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in result.get("diff") or () if isinstance(one, Mapping))
    for item in result.get("results") or ():
        if isinstance(item, Mapping):
            yield from _raw(item)


def _diff(one: Mapping[str, Any]) -> Diff:
    unsaid = "".join(f"{text}\n" for name, text in _UNSAID.items() if one.get(name))
    return Diff(
        before=_text(one.get("before")),
        after=_text(one.get("after")),
        before_header=str(one.get("before_header", "")),
        after_header=str(one.get("after_header", "")),
        prepared=str(one.get("prepared", "")) + unsaid,
    )


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, indent=4, sort_keys=True, ensure_ascii=False) + "\n"
