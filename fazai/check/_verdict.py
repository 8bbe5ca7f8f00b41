"""The rules by which the end of one task in check mode becomes a status.

Check mode speaks of the host as it is, not as it will be. So whatever a task says counts only as far as nothing that it looks
at is still going to change: the places in `after` whose own verdict is `predicted change` or `unknown` on this host are
*in flux*.

    ended           nothing in flux          something in flux
    changed         predicted change         predicted change
    ok              no change                unknown, when the task looks at what is in flux (`after_needs`)
    failed          failed                   unknown
    skipped         not applicable where a condition over inputs and facts was false; unknown otherwise

A task that check mode can never run is `unknown` when it says ok. An earlier task that would only change an owner or a mode does
not disturb what a later one saw, so `no change` stands after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fazai.check.task import JudgedTask
from fazai.outcome import Event, EventKind, TaskStatus
from fazai.toolspec import Prediction

# Results of ansible-core 2.19, in its words.
_CONDITION_FALSE: Final = "Conditional result was False"
_EMPTY_LOOP: Final = "No items in the list"
_COMMAND_KNOWS: Final = "Would not run command since"
_NO_PACKAGE: Final = ("No package matching", "No package(s) matching")
_NO_UNIT: Final = ("Could not find the requested service", "could not be found", "not found.", "Unable to find service")


@dataclass(frozen=True, kw_only=True)
class Flux:
    """An earlier task of the same host that is still going to change something, or may."""

    title: str
    attributes_alone: bool


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A status and why."""

    status: TaskStatus
    reason: str = ""
    after: tuple[str, ...] = ()


def verdict(task: JudgedTask, event: Event, flux: Sequence[Flux], *, any_flux: bool) -> Verdict:
    """What the end of `task` means, with what is in flux among the tasks it waits for, and whether anything is on its host."""
    items = [item for item in event.result.get("results") or () if isinstance(item, Mapping)]
    endings = [_ending(item) for item in items]
    # A loop can fail as a whole, without any of its items.
    whole = event.kind is EventKind.HOST_FAILED and EventKind.HOST_FAILED not in endings
    if not items or whole or event.kind is EventKind.HOST_UNREACHABLE:
        return _of(task, event.result, event.kind, flux, any_flux=any_flux)
    return _together([_of(task, item, kind, flux, any_flux=any_flux) for item, kind in zip(items, endings, strict=True)])


def _ending(item: Mapping[str, Any]) -> EventKind:
    if item.get("unreachable"):
        return EventKind.HOST_UNREACHABLE
    if item.get("failed_when_result", item.get("failed")):
        return EventKind.HOST_FAILED
    if item.get("skipped"):
        return EventKind.HOST_SKIPPED
    return EventKind.HOST_CHANGED if item.get("changed") else EventKind.HOST_OK


def _of(task: JudgedTask, result: Mapping[str, Any], kind: EventKind, flux: Sequence[Flux], *, any_flux: bool) -> Verdict:
    match kind:
        case EventKind.HOST_CHANGED:
            return Verdict(status=TaskStatus.PREDICTED_CHANGE)
        case EventKind.HOST_SKIPPED:
            return _skipped(task, result, flux)
        case EventKind.HOST_FAILED:
            return _failed(task, result, flux, any_flux=any_flux)
        case EventKind.HOST_UNREACHABLE:
            return Verdict(status=TaskStatus.UNKNOWN, reason=f"not reached: {_message(result)}")
        case _:
            return _ok(task, result, flux)


def _ok(task: JudgedTask, result: Mapping[str, Any], flux: Sequence[Flux]) -> Verdict:
    knows = str(result.get("msg", "")).startswith(_COMMAND_KNOWS)
    if task.prediction is Prediction.NEVER and not knows:
        return Verdict(status=TaskStatus.UNKNOWN, reason="check mode cannot say what it would do")
    disturbing = tuple(one.title for one in flux if not one.attributes_alone)
    if disturbing and (task.prediction is not Prediction.EXACT):
        return Verdict(status=TaskStatus.UNKNOWN, reason="as it should be now, but that may change", after=disturbing)
    return Verdict(status=TaskStatus.NO_CHANGE)


def _skipped(task: JudgedTask, result: Mapping[str, Any], flux: Sequence[Flux]) -> Verdict:
    reason = str(result.get("skip_reason") or result.get("skipped_reason") or result.get("msg") or "")
    if task.conditional and flux:
        return Verdict(
            status=TaskStatus.UNKNOWN,
            reason="its condition depends on what an earlier task finds",
            after=tuple(one.title for one in flux),
        )
    if reason == _CONDITION_FALSE:
        return Verdict(status=TaskStatus.NOT_APPLICABLE, reason=_condition(result))
    if reason == _EMPTY_LOOP:
        return Verdict(status=TaskStatus.NOT_APPLICABLE, reason="its list is empty")
    # Ansible hides why a task with no_log was skipped; one that check mode can run is skipped by its condition alone.
    if not reason and task.prediction is not Prediction.NEVER:
        return Verdict(status=TaskStatus.NOT_APPLICABLE, reason="its condition is false")
    return Verdict(status=TaskStatus.UNKNOWN, reason=reason or "check mode skips it")


def _condition(result: Mapping[str, Any]) -> str:
    condition = result.get("false_condition")
    return f"not when {condition}" if isinstance(condition, str) else "its condition is false"


def _failed(task: JudgedTask, result: Mapping[str, Any], flux: Sequence[Flux], *, any_flux: bool) -> Verdict:
    message = _message(result)
    if flux:
        return Verdict(status=TaskStatus.UNKNOWN, reason=message, after=tuple(one.title for one in flux))
    if task.refreshes_index and message.startswith(_NO_PACKAGE):
        return Verdict(
            status=TaskStatus.UNKNOWN, reason=f"{message}; apply refreshes the package index first where it is an hour old"
        )
    if task.handler and any_flux and any(words in message for words in _NO_UNIT):
        return Verdict(status=TaskStatus.UNKNOWN, reason=f"{message}; it may be there by then")
    return Verdict(status=TaskStatus.FAILED, reason=message)


def _message(result: Mapping[str, Any]) -> str:
    parts = [str(result.get(name) or "").strip() for name in ("msg", "stderr")]
    said = parts[0] if parts[1] in parts[0] else ": ".join(part for part in parts if part)
    return said or str(result.get("censored") or "it does not say why")


# What counts most comes first: one failed item fails the task, one that would change is a change.
_WEIGHT: Final = (
    TaskStatus.FAILED,
    TaskStatus.PREDICTED_CHANGE,
    TaskStatus.UNKNOWN,
    TaskStatus.NO_CHANGE,
    TaskStatus.NOT_APPLICABLE,
)


def _together(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on a loop from those on its items."""
    status = min((one.status for one in verdicts), key=_WEIGHT.index)
    chosen = [one for one in verdicts if one.status is status]
    after = tuple(dict.fromkeys(title for one in verdicts for title in one.after))
    unknown = sum(one.status is TaskStatus.UNKNOWN for one in verdicts)
    if status is TaskStatus.PREDICTED_CHANGE and unknown:
        reason = f"{unknown} of {len(verdicts)} items cannot be told"
    else:
        reason = chosen[0].reason
    return Verdict(status=status, reason=reason, after=after)
