"""Who serves a goal: the toolspecs it names, else what recall finds in the knowledge base or the catalog."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from fazai.diagnostic import Finding, FindingsStopPlan, InputsMissing, NobodyCanPlan, Where, did_you_mean
from fazai.flow.world import World
from fazai.goal import Goal
from fazai.outcome import Entry, EntryStatus
from fazai.plan import Origin, Source, Use
from fazai.recall import Candidate, Choice, choose, values_from_text
from fazai.toolspec import Input, ToolSpec, bind
from fazai.toolspec.inputs import missing

From = Literal["goal", "text", "default", "answer"]


def choose_uses(world: World, goal: Goal, answers: Mapping[str, Any]) -> tuple[Use, ...]:
    """The uses of a plan, every input bound.

    Raises `InputsMissing` (also when it is not clear which toolspec is meant), `NobodyCanPlan`, `FindingsStopPlan`.
    """
    return _named(world, goal, answers) if goal.use else _recalled(world, goal, answers)


def _named(world: World, goal: Goal, answers: Mapping[str, Any]) -> tuple[Use, ...]:
    """The toolspecs that the goal names. An input of the goal itself goes to every one that knows it."""
    specs = [world.shelf.get(use.name) for use in goal.use]
    known = {name for spec in specs for name in spec.inputs}
    unknown = [name for name in goal.inputs if name not in known]
    if unknown:
        raise FindingsStopPlan(*(_unknown_input(name, known) for name in unknown))
    wishes = []
    for use, spec in zip(goal.use, specs, strict=True):
        shared = {name: value for name, value in goal.inputs.items() if name in spec.inputs}
        wishes.append((spec, {**shared, **use.inputs}, Origin(source=Source.GOAL, name=spec.name, why="named by the goal")))
    return _bound(wishes, answers, goal)


def _recalled(world: World, goal: Goal, answers: Mapping[str, Any]) -> tuple[Use, ...]:
    """Verified entries first, then the catalog; similarity ranks, preconditions decide."""
    nearest: Choice | None = None
    for source, candidates in ((Source.ENTRY, _entries(world, goal)), (Source.CATALOG, _catalog(world))):
        choice = choose(goal, candidates)
        if choice.alternatives:
            raise InputsMissing(_ambiguous(choice))
        if choice.candidate is not None:
            return _bound(_wishes(goal, choice.candidate, choice.why, source), answers, goal)
        nearest = choice
    raise NobodyCanPlan(_nobody(nearest))


def _entries(world: World, goal: Goal) -> list[Candidate]:
    """Verified entries like the goal. The knowledge base is not opened where there is none yet."""
    if not world.has_memory():
        return []
    hits = world.open_store().search(goal.goal, limit=10)
    return [_candidate(hit.entry) for hit in hits if hit.entry.status is EntryStatus.VERIFIED]


def _candidate(entry: Entry) -> Candidate:
    return Candidate.of_entry(entry)


def _catalog(world: World) -> list[Candidate]:
    return [Candidate.of_toolspec(world.shelf.get(name)) for name in world.shelf.names()]


def _wishes(goal: Goal, candidate: Candidate, why: str, source: Source) -> list[tuple[ToolSpec, Mapping[str, Any], Origin]]:
    origin = Origin(source=source, name=candidate.name, why=why)
    return [
        (spec, {name: value for name, value in goal.inputs.items() if name in spec.inputs}, origin)
        for spec in candidate.toolspecs
    ]


def _bound(wishes: list[tuple[ToolSpec, Mapping[str, Any], Origin]], answers: Mapping[str, Any], goal: Goal) -> tuple[Use, ...]:
    """Uses with every input bound: given values win over those read from the goal's text, these over answers and defaults."""
    uses: list[Use] = []
    problems: list[Finding] = []
    absent: list[Finding] = []
    for spec, given, origin in wishes:
        text = {} if goal.use else values_from_text(goal.goal, spec.inputs)
        answered = {name: value for name, value in answers.items() if name in spec.inputs}
        values = {**answered, **text, **given}
        bound, mistakes = bind(spec.inputs, values)
        problems += [_mistake(spec, name, summary, remedy) for name, summary, remedy in mistakes]
        absent += [_missing(spec, name) for name in missing(spec.inputs, values)]
        came: dict[str, From] = {name: _came_from(name, given, text, answered) for name in bound}
        uses.append(Use(toolspec=spec, inputs=bound, origin=origin, inputs_from=came))
    if problems:
        raise FindingsStopPlan(*problems)
    if absent:
        raise InputsMissing(*absent)
    return tuple(uses)


def _came_from(name: str, given: Mapping[str, Any], text: Mapping[str, Any], answered: Mapping[str, Any]) -> From:
    return "goal" if name in given else "text" if name in text else "answer" if name in answered else "default"


def _missing(spec: ToolSpec, name: str) -> Finding:
    wanted: Input = spec.inputs[name]
    kind = "a reference to a secret, such as env:NAME" if wanted.secret else wanted.type.value
    listed = f" One of {', '.join(map(str, wanted.choices))}." if wanted.choices else ""
    return Finding(
        summary="An input is missing",
        detail=f"{spec.name} needs {name}: {wanted.help.en or name} ({kind}).{listed}",
        where=Where(field=name),
        remedy=f"Write it under inputs: in the goal, as in  inputs: {{{name}: ...}}",
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


def _ambiguous(choice: Choice) -> Finding:
    names = ", ".join(candidate.name for candidate in choice.alternatives)
    return Finding(
        summary="It is not clear which toolspec is meant",
        detail=f"These serve the goal equally well: {names}.",
        where=Where(field="use"),
        remedy=f"Say which, as in  use: [{choice.alternatives[0].name}]",
    )


def _nobody(choice: Choice | None) -> Finding:
    return Finding(
        summary="No planner can serve this goal",
        detail=choice.why if choice else "",
        remedy=(
            "Name a toolspec with use: (`fazai catalog list`), write one of your own (docs/reference/goal.md), "
            "or say it in other words."
        ),
    )
