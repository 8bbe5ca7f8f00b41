"""Which candidate serves a goal, and why, or why none does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from fazai.diagnostic import FazaiError, Finding, FindingsStopPlan, InputsMissing, NobodyCanPlan, Severity, Where
from fazai.goal import Goal
from fazai.plan import Source
from fazai.recall.candidate import Candidate, Misfit, spoken
from fazai.recall.understand import Concepts, understand
from fazai.recall.values import read_values
from fazai.recall.vocabulary import vocabulary
from fazai.recall.words import nfc, tokens
from fazai.toolspec.inputs import missing

_MOST_NEAR_MISSES: Final = 3


@dataclass(frozen=True, kw_only=True)
class MissingInput:
    """A value that only a person can give, and why it is asked for."""

    name: str
    toolspec: str
    help: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class NearMiss:
    """A candidate that the goal speaks of, and what keeps it from serving."""

    candidate: Candidate
    misfits: tuple[Misfit, ...]

    def __str__(self) -> str:
        """`postgresql_lan: it does not take care of remove ("Remove")`."""
        return f"{self.candidate.name}: {'; '.join(misfit.text for misfit in self.misfits)}"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The answer, and `why` in words. `values` were read from the goal's text: given inputs are not repeated there.

    `alternatives` are equally good candidates of other toolspecs: then there is no candidate, and a person says which.
    """

    concepts: Concepts
    candidate: Candidate | None = None
    why: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    missing_inputs: tuple[MissingInput, ...] = ()
    alternatives: tuple[Candidate, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    uncovered: tuple[str, ...] = ()
    together: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What a person should know of how the text was read, whatever the answer."""
        found = [
            Finding(
                severity=Severity.NOTE,
                summary="A word was read as a typing mistake",
                detail=f'"{match.text}" was read as {spoken(match.concept)}.',
                where=Where(field="goal"),
            )
            for match in self.concepts.matches
            if match.guessed
        ]
        if self.concepts.unread:
            found.append(
                Finding(
                    severity=Severity.NOTE,
                    summary="Words that were not understood",
                    detail=f"{', '.join(self.concepts.unread)}.",
                    where=Where(field="goal"),
                    remedy="If one of them asks for something, this plan does not contain it.",
                )
            )
        return tuple(found)

    def error(self) -> FazaiError | None:
        """What stops a plan: nobody can serve, several could, or values are missing. None when it can go on."""
        if self.alternatives:
            return InputsMissing(self._ambiguous())
        if self.candidate is None:
            wrong = self._wrong_inputs()
            return FindingsStopPlan(*wrong) if wrong else NobodyCanPlan(self._nobody())
        if self.missing_inputs:
            return InputsMissing(*(_asked(one) for one in self.missing_inputs))
        return None

    def _wrong_inputs(self) -> list[Finding]:
        """What is wrong with the given inputs, where they alone keep the nearest candidate from serving."""
        near = next((near for near in self.near_misses if all(misfit.kind == "input" for misfit in near.misfits)), None)
        if near is None:
            return []
        return [
            Finding(
                summary="An input does not fit",
                detail=f"{near.candidate.name}: {misfit.text.rstrip('.')}.",
                where=Where(field=f"inputs.{misfit.about}"),
                remedy=f"`fazai catalog show {near.candidate.toolspec_names[0]}` lists its inputs.",
            )
            for misfit in near.misfits
        ]

    def _ambiguous(self) -> Finding:
        listed = "; ".join(f"{one.name}: {one.title}" for one in self.alternatives)
        return Finding(
            summary="Several toolspecs can serve this goal",
            detail=f"{listed}.",
            where=Where(field="use"),
            remedy=f"Say which, as in  use: [{self.alternatives[0].toolspec_names[0]}].",
        )

    def _nobody(self) -> Finding:
        remedy = "Reword the goal, name a toolspec under use:, add a toolspec, or configure a model."
        if self.together:
            remedy = f"Together these would serve it: name them, as in  use: [{', '.join(self.together)}]."
        return Finding(summary="Nothing here can serve this goal", detail=self.why, where=Where(field="goal"), remedy=remedy)


def choose(goal: Goal, candidates: Iterable[Candidate]) -> Choice:
    """The one candidate that can serve `goal` best, by rules that can be told; `goal.use` is not looked at."""
    concepts = understand(goal.goal)
    able: list[Candidate] = []
    unable: list[NearMiss] = []
    for candidate in candidates:
        misfits = candidate.misfits(concepts, goal.inputs)
        if misfits:
            unable.append(NearMiss(candidate=candidate, misfits=misfits))
        else:
            able.append(candidate)
    if not able:
        return _none(goal, concepts, unable)
    text_words = frozenset(token.text for token in tokens(nfc(goal.goal)))
    best_of_each = _best_of_each(able, concepts)
    ranked = sorted(best_of_each, key=lambda c: (_rank(c, concepts, text_words), c.name), reverse=True)
    top = _rank(ranked[0], concepts, text_words)
    equal = [c for c in ranked if _rank(c, concepts, text_words) == top]
    if len(equal) > 1:
        why = f"equally well: {', '.join(sorted(c.name for c in equal))}"
        return Choice(concepts=concepts, why=why, alternatives=tuple(sorted(equal, key=lambda c: c.name)))
    return _chosen(goal, concepts, ranked[0], others=ranked[1:])


def _best_of_each(able: Sequence[Candidate], concepts: Concepts) -> list[Candidate]:
    """One candidate for each set of toolspecs: what was proved before what was not, then the likeliest."""
    best: dict[tuple[str, ...], Candidate] = {}
    for candidate in sorted(able, key=lambda c: (c.source is not Source.ENTRY, -c.likeness, -c.groups_met(concepts), c.name)):
        best.setdefault(tuple(sorted(candidate.toolspec_names)), candidate)
    return list(best.values())


def _rank(candidate: Candidate, concepts: Concepts, text_words: frozenset[str]) -> tuple[int, float, float]:
    """More needs met first, then the larger share of the goal that it was made for, then the title's words in the goal."""
    named = {concept for group in candidate.needs for concept in group}
    share = len(named.intersection(concepts.names)) / max(len(concepts.names), 1)
    return candidate.groups_met(concepts), share, _title_overlap(candidate, text_words)


def _title_overlap(candidate: Candidate, text_words: frozenset[str]) -> float:
    known = vocabulary()
    shares = []
    for spec in candidate.toolspecs:
        for title in (spec.title.en, spec.title.pt):
            words = {token.text for token in tokens(nfc(title)) if not known.is_stop(token.text)}
            shares.append(len(words & text_words) / len(words) if words else 0.0)
    return max(shares, default=0.0)


def _chosen(goal: Goal, concepts: Concepts, candidate: Candidate, others: Sequence[Candidate]) -> Choice:
    read = read_values(goal.goal, {n: spec for n, spec in candidate.inputs.items() if n not in goal.inputs})
    have = {**read.values, **goal.inputs}
    asked = [
        MissingInput(name=name, toolspec=spec.name, help=str(spec.inputs[name].help), why=_why_asked(name, read.unsure))
        for spec in candidate.toolspecs
        for name in spec.inputs
        if name in missing(spec.inputs, have) or (name in read.unsure and name not in have)
    ]
    words = (f"{concepts.words_of(name)} means {spoken(name)}" for name in concepts.names)
    why = f"covers all that the goal names: {'; '.join(words)}"
    if others:
        why += f" (closer than {', '.join(other.name for other in others)})"
    return Choice(
        concepts=concepts,
        candidate=candidate,
        why=why,
        values=read.values,
        missing_inputs=tuple({one.name: one for one in asked}.values()),
    )


def _why_asked(name: str, unsure: Mapping[str, tuple[Any, ...]]) -> str:
    if name not in unsure:
        return ""
    return f"The goal's text leaves open which is meant: {', '.join(str(value) for value in unsure[name])}."


def _none(goal: Goal, concepts: Concepts, unable: Sequence[NearMiss]) -> Choice:
    spoken_of = [near for near in unable if near.candidate.groups_met(concepts)]
    spoken_of.sort(key=lambda n: (len(n.misfits), -n.candidate.groups_met(concepts), n.candidate.name))
    covered = frozenset[str]().union(*(near.candidate.covers for near in unable))
    uncovered = tuple(name for name in concepts.names if name not in covered)
    return Choice(
        concepts=concepts,
        why=_why_nobody(concepts, uncovered, spoken_of),
        near_misses=tuple(spoken_of[:_MOST_NEAR_MISSES]),
        uncovered=uncovered,
        together=tuple(_together(goal, concepts, [near.candidate for near in unable])),
    )


def _why_nobody(concepts: Concepts, uncovered: Sequence[str], spoken_of: Sequence[NearMiss]) -> str:
    if not concepts.names:
        return "No word of the goal names anything that is known here."
    words = ", ".join(f"{spoken(name)} ({concepts.words_of(name)})" for name in uncovered)
    parts = [f"Nothing here takes care of {words}."] if uncovered else []
    parts += [f"Nearest: {near}." for near in spoken_of[:1]]
    return " ".join(parts) or f"Nothing here is made for a goal that names {', '.join(spoken(n) for n in concepts.names)} alone."


def _together(goal: Goal, concepts: Concepts, candidates: Sequence[Candidate]) -> Iterator[str]:
    """Toolspecs, each called for by the goal, that among them cover all it names; nothing when they do not."""
    called = [c for c in candidates if c.source is Source.CATALOG and c.needs and c.groups_met(concepts) == len(c.needs)]
    left = set(concepts.names)
    chosen: list[Candidate] = []
    while left and called:
        best = max(called, key=lambda c: (len(left & c.covers), c.name))
        if not left & best.covers:
            return
        left -= best.covers
        chosen.append(best)
        called.remove(best)
    inputs = {name for candidate in chosen for name in candidate.inputs}
    if not left and len(chosen) > 1 and inputs.issuperset(goal.inputs):
        yield from (candidate.name for candidate in chosen)


def _asked(one: MissingInput) -> Finding:
    need = f"{one.toolspec} needs {one.name}" + (f": {one.help.rstrip('.')}." if one.help else ".")
    return Finding(
        summary="A value is missing",
        detail=f"{need} {one.why}".rstrip(),
        where=Where(field=one.name),
        remedy=f"Give it under inputs:, as in  inputs: {{{one.name}: ...}}.",
    )
