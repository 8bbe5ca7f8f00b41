"""Whether a second run finds nothing to do."""

from __future__ import annotations

from collections.abc import Iterable

from fazai.check._occurrences import occurrences
from fazai.outcome import Event, EventKind


def settles(events: Iterable[Event]) -> tuple[bool, tuple[str, ...]]:
    """Whether a run ended well and changed nothing, and which tasks changed something, as `TITLE on HOST (PLACE)`."""
    told = list(events)
    changed = tuple(
        f"{one.event.task} on {one.host} ({one.place})" for one in occurrences(told) if one.event.kind is EventKind.HOST_CHANGED
    )
    well = any(event.kind is EventKind.RUN_FINISHED and event.result.get("status") == "successful" for event in told)
    return well and not changed, changed
