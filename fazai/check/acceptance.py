"""What the tasks of acceptance checks prove."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fazai.acceptance import Check
from fazai.check._occurrences import Occurrence, occurrences
from fazai.diagnostic import Finding, Where
from fazai.outcome import CheckResult, Event, EventKind
from fazai.plan import Plan

_HELD = frozenset({EventKind.HOST_OK, EventKind.HOST_CHANGED})


@dataclass(frozen=True, kw_only=True)
class JudgedCheck:
    """One check of a verify run, known by the places of its tasks, in their order.

    `observe` makes plain data of the first task's result (`Check.observation`); the result itself is taken without it.
    """

    group: Literal["accept", "keep"]
    index: int
    title: str
    places: tuple[str, ...]
    observe: Callable[[Mapping[str, Any]], Any] | None = None


def check_results(
    events: Iterable[Event], checks: Sequence[JudgedCheck], hosts: Sequence[str] | None = None
) -> tuple[CheckResult, ...]:
    """One result for each check and host (hosts as given, else those that appear).

    A check holds where at least one of its tasks ran and none failed; a failure counts even when it was rescued or ignored, for
    that is how the other checks go on. A check that did not run on a host does not hold there.
    """
    ended = list(occurrences(events))
    named = list(hosts) if hosts is not None else list(dict.fromkeys(one.host for one in ended))
    return tuple(
        _result(check, host, [one for one in ended if one.host == host and one.place in check.places])
        for check in checks
        for host in named
    )


def _result(check: JudgedCheck, host: str, ended: Sequence[Occurrence]) -> CheckResult:
    first = ended[0].event if ended else None
    bad = next((one.event for one in ended if one.event.kind in {EventKind.HOST_FAILED, EventKind.HOST_UNREACHABLE}), None)
    holds = bad is None and any(one.event.kind in _HELD for one in ended)
    return CheckResult(
        group=check.group,
        index=check.index,
        host=host,
        title=(first.task if first else None) or check.title,
        holds=holds,
        detail="" if holds else _detail(bad, ended),
        observed=_observed(check, first),
    )


def _detail(bad: Event | None, ended: Sequence[Occurrence]) -> str:
    if bad is not None:
        return bad.text or "it is not so"
    if not ended:
        return "it did not run on this host"
    return f"it was skipped: {ended[0].event.text}" if ended[0].event.text else "it was skipped"


def _observed(check: JudgedCheck, first: Event | None) -> Any:
    if first is None or first.kind in {EventKind.HOST_UNREACHABLE, EventKind.HOST_SKIPPED}:
        return None
    return check.observe(first.result) if check.observe else dict(first.result)


def unrunnable_checks(plan: Plan) -> list[Finding]:
    """An error for each check of the goal, or of a toolspec used, that nothing can run yet: it could never be proved."""
    groups: list[tuple[str, Sequence[Check]]] = [("accept", plan.goal.accept), ("keep", plan.goal.keep)]
    groups += [(f"{use.toolspec.name}.accept", use.toolspec.accept) for use in plan.uses]
    return [
        Finding(
            summary="A check cannot be run",
            detail=f"{check.title()}: {why}",
            where=Where(field=f"{group}.{index}.{check.kind}"),
            remedy="Leave it out, or check it another way, for instance with a command.",
        )
        for group, checks in groups
        for index, check in enumerate(checks)
        if (why := check.not_runnable()) is not None
    ]
