"""Which time a task ran: a role that is used twice has its tasks at the same places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fazai.outcome import Event, EventKind

ENDINGS = frozenset(
    {
        EventKind.HOST_OK,
        EventKind.HOST_CHANGED,
        EventKind.HOST_SKIPPED,
        EventKind.HOST_FAILED,
        EventKind.HOST_UNREACHABLE,
    }
)


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """How one task ended on one host; `key` is `PLACE#N`, the N-th time this place came up on this host."""

    host: str
    place: str
    number: int
    event: Event

    @property
    def key(self) -> str:
        """What tells it apart from other tasks on its host."""
        return key_of(self.place, self.number)


def key_of(place: str, number: int) -> str:
    """`roles/site/tasks/main.yml:12#1`."""
    return f"{place}#{number}"


def occurrences(events: Iterable[Event]) -> Iterator[Occurrence]:
    """The ends of tasks on hosts, numbered."""
    seen: Counter[tuple[str, str]] = Counter()
    for event in events:
        if event.kind in ENDINGS and event.host is not None:
            place = event.place or event.task or ""
            seen[event.host, place] += 1
            yield Occurrence(host=event.host, place=place, number=seen[event.host, place], event=event)
