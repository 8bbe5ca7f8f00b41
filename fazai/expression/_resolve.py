"""The value of a text for inputs that are known.

Risk, limits and touches are judged on values ("which path would be removed?"). The text has passed `check()`, so what
runs here is the subset alone; inputs are inert data in Jinja2's own sandbox.
"""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
import shlex
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError, Undefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from fazai.expression._subset import Body, as_template, has_expression


class Unresolvable(Exception):
    """The text names something that only a host knows."""


def resolve(text: str, values: Mapping[str, Any], body: Body = Body.VALUE) -> Any:
    """The text's value, of its own type where the whole text is one expression (as Ansible gives it).

    Raises `Unresolvable` when it names a fact, or when a filter cannot serve its value.
    """
    if body is not Body.CONDITION and not has_expression(text) and "{%" not in text:
        return text
    try:
        if body is Body.CONDITION or _is_whole(text):
            inner = text if body is Body.CONDITION else text.strip()[2:-2]
            return _known(_environment().compile_expression(inner, undefined_to_none=False)(**values))
        return _environment().from_string(as_template(text, body)).render(**values)
    except (UndefinedError, TemplateError, TypeError, ValueError, KeyError, ArithmeticError) as error:
        raise Unresolvable(str(error)) from error


def _known(value: Any) -> Any:
    if isinstance(value, Undefined):
        raise Unresolvable(str(value._undefined_message))
    return value


def _is_whole(text: str) -> bool:
    stripped = text.strip()
    return stripped.startswith("{{") and stripped.endswith("}}") and stripped.count("{{") == 1


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    environment.filters.update(_ANSIBLE_FILTERS)
    return environment


def _bool(value: Any) -> bool:
    return value if isinstance(value, bool) else str(value).lower() in {"yes", "on", "1", "true"}


def _comment(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.splitlines())


# The filters of Ansible's that the subset allows, for values alone; on a host Ansible's own run.
_ANSIBLE_FILTERS: Mapping[str, Any] = {
    "b64encode": lambda value: base64.b64encode(str(value).encode()).decode(),
    "basename": posixpath.basename,
    "bool": _bool,
    "comment": _comment,
    "dirname": posixpath.dirname,
    "hash": lambda value, kind="sha1": hashlib.new(kind, str(value).encode()).hexdigest(),
    "quote": lambda value: shlex.quote(str(value)),
    "ternary": lambda value, yes, no: yes if value else no,
    "to_json": lambda value: json.dumps(value, ensure_ascii=False),
    "to_nice_json": lambda value: json.dumps(value, indent=4, sort_keys=True, ensure_ascii=False),
}
