"""What could serve a goal: a toolspec, or an entry's toolspecs that served one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fazai.outcome import Entry
from fazai.plan import Source
from fazai.recall.understand import Concepts
from fazai.toolspec import Input, ToolSpec, bind


@dataclass(frozen=True, kw_only=True)
class Misfit:
    """One reason why a candidate cannot serve: a sentence, and the concept or input it is about."""

    kind: Literal["needs", "covers", "input"]
    about: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Toolspecs that would be used together, with the concepts they need and cover.

    `name` is the toolspec's name, or the entry's id. `likeness` (0 to 1) comes from a search and only breaks ties.
    """

    name: str
    source: Source
    toolspecs: tuple[ToolSpec, ...]
    needs: tuple[tuple[str, ...], ...]
    covers: frozenset[str]
    likeness: float = 0.0

    @classmethod
    def of_toolspec(cls, spec: ToolSpec) -> Candidate:
        """A toolspec of the catalog or of a project."""
        return cls(
            name=spec.name,
            source=Source.CATALOG,
            toolspecs=(spec,),
            needs=spec.recall.needs,
            covers=frozenset(spec.recall.covers).union(*spec.recall.needs),
        )

    @classmethod
    def of_entry(cls, entry: Entry, likeness: float = 0.0) -> Candidate:
        """An entry's toolspecs: by their own recall words, or, where one has none, by all concepts of the goal they served."""
        specs = tuple({use.toolspec.name: use.toolspec for use in entry.uses}.values())
        needs = tuple(dict.fromkeys(group for spec in specs for group in spec.recall.needs))
        covers = frozenset(concept for spec in specs for concept in spec.recall.covers).union(*needs)
        if not all(spec.recall.needs for spec in specs):
            needs = tuple(dict.fromkeys((*needs, *((concept,) for concept in entry.concepts))))
            covers = covers.union(entry.concepts)
        return cls(name=entry.id, source=Source.ENTRY, toolspecs=specs, needs=needs, covers=covers, likeness=likeness)

    @property
    def toolspec_names(self) -> tuple[str, ...]:
        """Which toolspecs these are: two candidates with the same ones do not compete."""
        return tuple(spec.name for spec in self.toolspecs)

    @property
    def title(self) -> str:
        """What it does, in English."""
        return " + ".join(str(spec.title) for spec in self.toolspecs)

    @property
    def inputs(self) -> Mapping[str, Input]:
        """The inputs of all its toolspecs."""
        return {name: spec for toolspec in reversed(self.toolspecs) for name, spec in toolspec.inputs.items()}

    def groups_met(self, concepts: Concepts) -> int:
        """How many groups of its needs the goal names."""
        return sum(not set(concepts.names).isdisjoint(group) for group in self.needs)

    def misfits(self, concepts: Concepts, given: Mapping[str, Any]) -> tuple[Misfit, ...]:
        """Every reason why it cannot serve; none means that it can."""
        wanted = set(concepts.names)
        found = [
            Misfit(kind="needs", about=group[0], text=f"it is for goals that name {_listed(group)}")
            for group in self.needs
            if wanted.isdisjoint(group)
        ]
        if not self.needs:
            found.append(Misfit(kind="needs", about="", text="it says no words by which a goal would call for it"))
        found += [
            Misfit(kind="covers", about=name, text=f"it does not take care of {spoken(name)} ({concepts.words_of(name)})")
            for name in concepts.names
            if name not in self.covers
        ]
        _, problems = bind(self.inputs, given)
        found += [
            Misfit(kind="input", about=name, text=" ".join(part for part in (summary + ".", remedy) if part))
            for name, summary, remedy in problems
        ]
        return tuple(found)


def spoken(concept: str) -> str:
    """A concept's name as people read it."""
    return concept.replace("_", " ")


def _listed(concepts: tuple[str, ...]) -> str:
    return " or ".join(spoken(concept) for concept in concepts)
