"""The shelf: which toolspecs there are, and each of them when asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fazai.diagnostic import Finding, InvalidFile, Severity, UsageError, Where, did_you_mean
from fazai.shelf.directory import places
from fazai.shelf.reader import read
from fazai.toolspec import ToolSpec


def builtin_directory() -> Path:
    """Where the catalog that ships with FazAI lies."""
    return Path(__file__).resolve().parent.parent / "catalog"


class Shelf:
    """Toolspecs by name. `places` are their directories; `findings` what was remarkable about the names alone."""

    def __init__(self, places: Mapping[str, Path], findings: tuple[Finding, ...] = ()) -> None:
        self._places = dict(places)
        self._read: dict[str, ToolSpec] = {}
        self.findings = findings

    @classmethod
    def load(cls, *directories: Path) -> Shelf:
        """The built-in catalog and these directories. A later one wins where a name stands twice, and a finding says so.

        A directory that is not there is empty.
        """
        found: dict[str, Path] = {}
        findings: list[Finding] = []
        for directory in (builtin_directory(), *directories):
            here, remarks = places(directory)
            findings += remarks
            findings += [_replaced(name, found[name], here[name]) for name in here if name in found]
            found |= here
        return cls(dict(sorted(found.items())), tuple(findings))

    @classmethod
    def builtin(cls) -> Shelf:
        """The built-in catalog alone."""
        return cls.load()

    def names(self) -> tuple[str, ...]:
        """Every name, sorted; nothing is read for that."""
        return tuple(self._places)

    def place(self, name: str) -> Path:
        """The directory of a toolspec. Raises `UsageError` for an unknown name."""
        if name not in self._places:
            raise UsageError(
                Finding(
                    summary="No such toolspec",
                    detail=f'"{name}".',
                    where=Where(field="use"),
                    remedy=did_you_mean(name, self._places) or "There is none at all.",
                )
            )
        return self._places[name]

    def get(self, name: str) -> ToolSpec:
        """The toolspec with this name.

        Raises `UsageError` for an unknown name, `InvalidFile` with all its mistakes for one that is not valid.
        """
        if name not in self._read:
            self._read[name] = read(self.place(name))
        return self._read[name]

    def all(self) -> tuple[tuple[ToolSpec, ...], tuple[Finding, ...]]:
        """Every toolspec that is valid, and the findings of those that are not: one's mistakes do not take away the others."""
        good: list[ToolSpec] = []
        findings: list[Finding] = []
        for name in self._places:
            try:
                good.append(self.get(name))
            except InvalidFile as error:
                findings += error.findings
        return tuple(good), tuple(findings)


def _replaced(name: str, old: Path, new: Path) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        summary="A toolspec is replaced by another of the same name",
        detail=f'"{name}" of {old} is replaced.',
        where=Where(file=str(new / "toolspec.yml")),
        remedy="This file is used. Give it another name to have both.",
    )
