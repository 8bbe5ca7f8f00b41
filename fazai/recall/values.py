"""Inputs read from a goal's text, by their form. What is not sure is not taken: it will be asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from fazai.recall.quoted import quotes, unquoted_name
from fazai.recall.readers import COUNTS, FORMS, Found, read_count, read_path
from fazai.recall.words import nfc
from fazai.toolspec import Input, InputType, bind
from fazai.toolspec.inputs import Form

_FREE_TEXT: Final = frozenset({Form.TEXT, Form.LINE})
_NAMES: Final = frozenset({Form.NAME, Form.UNIX_NAME})


@dataclass(frozen=True)
class Reading:
    """Values that are sure, and inputs for which the text says something, but not clearly enough: with what it says."""

    values: Mapping[str, Any] = field(default_factory=dict)
    unsure: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


def values_from_text(text: str, inputs: Mapping[str, Input]) -> dict[str, Any]:
    """The sure values alone."""
    return dict(read_values(text, inputs).values)


def read_values(text: str, inputs: Mapping[str, Input]) -> Reading:
    """Read every input with `found_in_goal`. A value that its input does not accept is not taken."""
    text = nfc(text)
    wanted = {name: spec for name, spec in inputs.items() if spec.found_in_goal and not spec.has_secret}
    # Two inputs of one form: the form alone cannot tell whose value it is.
    rivals = Counter(spec.form for spec in wanted.values() if spec.form in FORMS)
    found: dict[str, Found] = {}
    for name, spec in wanted.items():
        if _kind(spec) is InputType.PATH:
            found[name] = read_path(text, name)
        elif name in COUNTS and _kind(spec) is InputType.INT and spec.form is Form.TEXT:
            found[name] = read_count(text, name)
        elif spec.form in FORMS:
            read = FORMS[spec.form](text)
            found[name] = Found(read.values, read.doubtful or rivals[spec.form] > 1)
    found |= _texts(text, {n: s for n, s in wanted.items() if n not in found and _kind(s) is InputType.STR})
    return _reading(found, wanted)


def _kind(spec: Input) -> InputType:
    return (spec.elements or InputType.STR) if spec.type is InputType.LIST else spec.type


def _reading(found: Mapping[str, Found], wanted: Mapping[str, Input]) -> Reading:
    values: dict[str, Any] = {}
    unsure: dict[str, tuple[Any, ...]] = {}
    for name, one in found.items():
        distinct = tuple(dict.fromkeys(one.values))
        if not distinct:
            continue
        several = wanted[name].type is not InputType.LIST and len(distinct) > 1
        bound, problems = bind({name: wanted[name]}, {name: list(distinct) if len(distinct) > 1 else distinct[0]})
        if one.doubtful or several or problems:
            unsure[name] = distinct
        else:
            values[name] = bound[name]
    return Reading(values, unsure)


def _texts(text: str, inputs: Mapping[str, Input]) -> dict[str, Found]:
    """Quoted texts: to the input whose word stands before them, and the one left over to the one free text left over."""
    left = list(quotes(text))
    found: dict[str, Found] = {}
    for name, spec in inputs.items():
        own = [quote for quote in left if quote.is_for(name)]
        left = [quote for quote in left if quote not in own]
        values = [quote.text for quote in own]
        if not values and spec.form in _NAMES:
            values = unquoted_name(text, name)
        if values:
            found[name] = Found(tuple(values))
    free = [name for name, spec in inputs.items() if name not in found and spec.form in _FREE_TEXT]
    spare = [quote.text for quote in left if not quote.introduces_a_name]
    for name in free:
        found[name] = Found(tuple(spare), doubtful=len(free) > 1 or len(spare) > 1)
    return found
