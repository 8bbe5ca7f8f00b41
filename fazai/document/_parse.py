"""YAML text into plain data, with a mark for every field.

PyYAML's node tree is walked here, since its constructor forgets marks and lets the last of two equal keys win.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from fazai.diagnostic import Finding, InvalidFile, Where

Path = tuple[str | int, ...]
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})")
_MOST_NODES = 200_000  # a file of aliases of aliases unfolds without end; no honest file is near this
_DEEPEST = 50  # what comes after walks the data by recursion
# What YAML does not allow in a text; the parser says so too, but not where.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Document:
    """Plain data and where it stood. `marks` maps a path of keys and indexes to (line, column), from 1."""

    name: str
    data: Any
    marks: Mapping[Path, tuple[int, int]] = field(repr=False)

    def where(self, path: Path) -> Where:
        """The place of `path`, or of the nearest field around it."""
        dotted = ".".join(str(part) for part in path)
        known = path
        while known and known not in self.marks:
            known = known[:-1]
        line, column = self.marks.get(known, (1, 1))
        return Where(file=self.name, line=line, column=column, field=dotted or None)


def parse(text: str, name: str) -> Document:
    """Read YAML (so JSON too) into a `Document`.

    Raises `InvalidFile` for text that is not YAML, for tags that would construct objects, for keys that are not text
    or stand twice, and for aliases that unfold without end.
    """
    text = _without_surrogates(text)
    _refuse_control_characters(text, name)
    loader = yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader
    try:
        _refuse_depth(yaml.parse(text, Loader=loader), name)
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        raise InvalidFile(_syntax_finding(error, name)) from error
    if node is None:
        return Document(name, None, {})
    walk = _Walk(name)
    data = walk.value(node, ())
    if walk.findings:
        raise InvalidFile(*walk.findings)
    return Document(name, data, walk.marks)


def _refuse_control_characters(text: str, name: str) -> None:
    found = _CONTROL.search(text)
    if found is not None:
        before = text[: found.start()]
        place = Where(file=name, line=before.count("\n") + 1, column=found.start() - (before.rfind("\n") + 1) + 1)
        raise InvalidFile(
            Finding(
                summary="A control character stands in the file",
                detail=f"It is the character {ord(found[0]):#06x}.",
                where=place,
                remedy="Remove it.",
            )
        )


def _refuse_depth(events: Iterable[yaml.Event], name: str) -> None:
    """Events come one by one, however deep the file is; to compose it takes a stack."""
    depth = 0
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            mark = event.start_mark
            place = Where(file=name, line=mark.line + 1, column=mark.column + 1) if mark else Where(file=name)
            remedy = f"Stay within {_DEEPEST} levels."
            raise InvalidFile(Finding(summary="The file is nested too deeply", where=place, remedy=remedy))


def _without_surrogates(text: str) -> str:
    """JSON may write one character as a pair of escapes, which YAML does not know; in valid JSON they stand in texts only."""
    if _PAIR.search(text) is None:
        return text
    try:
        json.loads(text)
    except ValueError:
        return text
    return _PAIR.sub(lambda found: found[1] + json.loads(f'"{found[2]}"'), text)


def _syntax_finding(error: yaml.YAMLError, name: str) -> Finding:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Finding(
        summary="Not readable as YAML",
        detail=f"{problem}.",
        where=Where(file=name, line=line, column=column),
        remedy="Look for a missing quote, a tab, or a colon in unquoted text at this place.",
    )


class _Walk:
    """One walk over a node tree, gathering data, marks and mistakes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.marks: dict[Path, tuple[int, int]] = {}
        self.findings: list[Finding] = []
        self._constructor = yaml.SafeLoader("")
        self._open: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        if len(self.marks) > _MOST_NODES or id(node) in self._open:
            raise InvalidFile(self._finding(node, "YAML aliases unfold without end", "Write the value out."))
        self.marks.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        self._open.add(id(node))
        if isinstance(node, yaml.CollectionNode) and node.tag not in _PLAIN_COLLECTIONS:
            self.findings.append(self._finding(node, f"The YAML tag {node.tag} is not allowed here", "Write plain values."))
        try:
            match node:
                case yaml.MappingNode():
                    return self._mapping(node, path)
                case yaml.SequenceNode():
                    return [self.value(child, (*path, i)) for i, child in enumerate(node.value)]
                case _:
                    return self._scalar(node)
        finally:
            self._open.discard(id(node))

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                self.findings.append(self._finding(key_node, "The merge key << is not allowed here", "Write the fields out."))
                continue
            key = self._scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            if isinstance(key, bool) and isinstance(key_node, yaml.ScalarNode):
                key = key_node.value  # YAML 1.1 reads the bare words on, off, yes, no as booleans
            if not isinstance(key, str):
                self.findings.append(self._finding(key_node, "A key is not text", "Write the key in quotes."))
                continue
            if key in data:
                self.findings.append(self._finding(key_node, f'The key "{key}" stands twice', "Keep one of the two."))
                continue
            mark = key_node.start_mark
            self.marks[(*path, key)] = (mark.line + 1, mark.column + 1)
            data[key] = self.value(value_node, (*path, key))
        return data

    def _scalar(self, node: yaml.Node) -> Any:
        if node.tag not in _PLAIN_TAGS:
            self.findings.append(self._finding(node, f"The YAML tag {node.tag} is not allowed here", "Write plain values."))
            return None
        if node.tag == "tag:yaml.org,2002:timestamp" or (node.tag in _NUMBERS and ":" in node.value):
            return node.value  # a date or a time of day stays the text a person wrote; YAML 1.1 reads 12:30 as 750
        try:
            value = self._constructor.construct_object(node)
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError("Write a finite number, or quote the text.")
        except (yaml.YAMLError, ValueError) as error:
            self.findings.append(self._finding(node, "A value cannot be read", str(error)))
            return None
        return value

    def _finding(self, node: yaml.Node, summary: str, remedy: str) -> Finding:
        mark = node.start_mark
        place = Where(file=self.name, line=mark.line + 1, column=mark.column + 1)
        return Finding(summary=summary, where=place, remedy=remedy)


_PLAIN_COLLECTIONS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})
_NUMBERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "str", "timestamp", "value"))
