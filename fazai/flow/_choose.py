"""Who serves a goal: the toolspecs it names, else what recall finds in the knowledge base or the catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fazai.diagnostic import Finding, FindingsStopPlan, InputsMissing, NobodyCanPlan, Where, did_you_mean
from fazai.flow.world import World
from fazai.goal import Goal
from fazai.outcome import EntryStatus
from fazai.plan import Origin, Source, Use
from fazai.recall import Candidate, choose, understand
from fazai.toolspec import ToolSpec, bind
from fazai.toolspec.inputs import missing

From = Literal["goal", "text", "default", "answer"]


@dataclass(frozen=True)
class _Wish:
    """A toolspec to use: what the goal gives it, what its text says, and who chose it."""

    spec: ToolSpec
    given: Mapping[str, Any]
    read: Mapping[str, Any]
    origin: Origin
    asked: Mapping[str, Finding]


def choose_uses(world: World, goal: Goal, answers: Mapping[str, Any]) -> tuple[tuple[Use, ...], tuple[Finding, ...]]:
    """The uses of a plan, every input bound, and what a person should know of how the goal was read.

    Raises `InputsMissing` (also when it is not clear which toolspec is meant), `NobodyCanPlan`, `FindingsStopPlan`.
    """
    wishes, notes = (_named(world, goal), ()) if goal.use else _recalled(world, goal)
    return _bound(wishes, answers), notes


def _named(world: World, goal: Goal) -> tuple[_Wish, ...]:
    """The toolspecs that the goal names. An input of the goal itself goes to every one that knows it."""
    specs = [world.shelf.get(use.name) for use in goal.use]
    known = {name for spec in specs for name in spec.inputs}
    unknown = [name for name in goal.inputs if name not in known]
    if unknown:
        raise FindingsStopPlan(*(_unknown_input(name, known) for name in unknown))
    return tuple(
        _Wish(
            spec=spec,
            given={**{name: value for name, value in goal.inputs.items() if name in spec.inputs}, **use.inputs},
            read={},
            origin=Origin(source=Source.GOAL, name=spec.name, why="named by the goal"),
            asked={},
        )
        for use, spec in zip(goal.use, specs, strict=True)
    )


def _recalled(world: World, goal: Goal) -> tuple[tuple[_Wish, ...], tuple[Finding, ...]]:
    """What recall chooses among verified entries and the catalog; what was proved comes before what was not."""
    choice = choose(goal, (*_entries(world, goal), *_catalog(world)))
    error = choice.error()
    if choice.candidate is None:
        raise error or NobodyCanPlan(Finding(summary="Nothing here can serve this goal"))
    origin = Origin(source=choice.candidate.source, name=choice.candidate.name, why=choice.why)
    asked = {str(finding.where.field): finding for finding in (error.findings if error else ()) if finding.where}
    wishes = tuple(
        _Wish(
            spec=spec,
            given={name: value for name, value in goal.inputs.items() if name in spec.inputs},
            read={name: value for name, value in choice.values.items() if name in spec.inputs},
            origin=origin,
            asked={name: finding for name, finding in asked.items() if name in spec.inputs},
        )
        for spec in choice.candidate.toolspecs
    )
    return wishes, choice.notes


def _entries(world: World, goal: Goal) -> Iterator[Candidate]:
    """Verified entries like the goal."""
    for hit in world.open_store().search(goal.goal, understand(goal.goal).names, limit=10):
        if hit.entry.status is EntryStatus.VERIFIED:
            yield Candidate.of_entry(hit.entry, hit.score)


def _catalog(world: World) -> Iterator[Candidate]:
    for name in world.shelf.names():
        yield Candidate.of_toolspec(world.shelf.get(name))


def _bound(wishes: Sequence[_Wish], answers: Mapping[str, Any]) -> tuple[Use, ...]:
    """Uses with every input bound: what the goal gives wins over its text, its text over an answer, all over defaults."""
    uses: list[Use] = []
    problems: list[Finding] = []
    absent: list[Finding] = []
    for wish in wishes:
        answered = {name: value for name, value in answers.items() if name in wish.spec.inputs}
        values = {**answered, **wish.read, **wish.given}
        bound, mistakes = bind(wish.spec.inputs, values)
        problems += [_mistake(wish.spec, name, summary, remedy) for name, summary, remedy in mistakes]
        open_ones = dict.fromkeys((*missing(wish.spec.inputs, values), *(name for name in wish.asked if name not in values)))
        absent += [wish.asked.get(name) or _missing(wish.spec, name) for name in open_ones]
        came = {name: _came_from(name, wish, answered) for name in bound}
        uses.append(Use(toolspec=wish.spec, inputs=bound, origin=wish.origin, inputs_from=came))
    if problems:
        raise FindingsStopPlan(*problems)
    if absent:
        raise InputsMissing(*absent)
    return tuple(uses)


def _came_from(name: str, wish: _Wish, answered: Mapping[str, Any]) -> From:
    if name in wish.given:
        return "goal"
    return "text" if name in wish.read else "answer" if name in answered else "default"


def _missing(spec: ToolSpec, name: str) -> Finding:
    wanted = spec.inputs[name]
    kind = "a reference to a secret, such as env:NAME" if wanted.secret else wanted.type.value
    listed = f" One of {', '.join(map(str, wanted.choices))}." if wanted.choices else ""
    return Finding(
        summary="A value is missing",
        detail=f"{spec.name} needs {name}: {wanted.help.en or name} ({kind}).{listed}",
        where=Where(field=name),
        remedy=f"Give it under inputs:, as in  inputs: {{{name}: ...}}.",
    )


def _mistake(spec: ToolSpec, name: str, summary: str, remedy: str) -> Finding:
    return Finding(summary=summary, detail=f"{spec.name}: {name}.", where=Where(field=f"inputs.{name}"), remedy=remedy)


def _unknown_input(name: str, known: set[str]) -> Finding:
    return Finding(
        summary="No toolspec of the goal knows this input",
        detail=f'"{name}".',
        where=Where(field=f"inputs.{name}"),
        remedy=did_you_mean(name, known),
    )
