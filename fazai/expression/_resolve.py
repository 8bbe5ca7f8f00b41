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
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import ChainableUndefined, StrictUndefined, TemplateError, Undefined, nodes
from jinja2.environment import TemplateExpression
from jinja2.sandbox import ImmutableSandboxedEnvironment

from fazai.expression._tree import Body, as_template, looks_like_jinja


class Unresolvable(Exception):
    """The text names something that only a host knows."""


class _Unknown(ChainableUndefined, StrictUndefined):
    """A name without a value, or a part of one: only `default` can use it, as with Ansible."""


def resolve(text: str, values: Mapping[str, Any], body: Body = Body.VALUE) -> Any:
    """The text's value, of its own type where the whole text is one expression (as Ansible gives it).

    Raises `Unresolvable` when it names a fact, or when a filter cannot serve its value.
    """
    if body is not Body.CONDITION and not looks_like_jinja(text):
        return text
    source = as_template(text, body)
    try:
        expression = None if body is Body.TEMPLATE else _only_expression(source)
        if expression is None:
            return _environment().from_string(source).render(**values)
        value = _value_of(expression, values)
    except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, RecursionError) as error:
        raise Unresolvable(str(error)) from error
    return f"{value}\n" if isinstance(value, str) and source.endswith("\n") else value


def _value_of(expression: nodes.Expr, values: Mapping[str, Any]) -> Any:
    assignment = nodes.Assign(nodes.Name("result", "store"), expression, lineno=1)
    template = _environment().from_string(nodes.Template([assignment], lineno=1))
    return _plain(TemplateExpression(template, undefined_to_none=False)(**values))


def _only_expression(source: str) -> nodes.Expr | None:
    """The expression that is the whole text, so that its value keeps its type; None where there is text around it.

    One line break at the end does not count, since YAML's `|` leaves it there.
    """
    body = _environment().parse(source.removesuffix("\n")).body
    if len(body) == 1 and isinstance(body[0], nodes.Output) and len(body[0].nodes) == 1:
        only = body[0].nodes[0]
        return None if isinstance(only, nodes.TemplateData) else only
    return None


def _plain(value: Any) -> Any:
    """The value as data: what a filter gives bit by bit is a list, as are pairs."""
    match value:
        case Undefined():
            raise Unresolvable(str(value._undefined_message))
        case str() | Mapping():
            return value
        case Iterable():
            return [_plain(item) for item in value]
        case _:
            return value


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    """Jinja2 with Ansible's own choices: no `None` in a text, no line break after a block."""
    environment = ImmutableSandboxedEnvironment(
        undefined=_Unknown,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,
        finalize=lambda value: "" if value is None else value,
    )
    environment.filters.update(_ANSIBLE_FILTERS)
    return environment


def _bool(value: Any) -> bool:
    return value if isinstance(value, bool) else str(value).lower() in {"yes", "on", "1", "true"}


def _comment(text: str) -> str:
    return "\n".join(["#", *(f"# {line}".rstrip() for line in text.split("\n")), "#"])


def _ternary(value: Any, yes: Any, no: Any, none: Any = None) -> Any:
    if value is None and none is not None:
        return none
    return yes if value else no


# The filters of Ansible's that the subset allows, for values alone; on a host Ansible's own run.
_ANSIBLE_FILTERS: Mapping[str, Any] = {
    "b64encode": lambda value: base64.b64encode(str(value).encode()).decode(),
    "basename": posixpath.basename,
    "bool": _bool,
    "comment": _comment,
    "dirname": posixpath.dirname,
    "hash": lambda value, kind="sha1": hashlib.new(kind, str(value).encode()).hexdigest(),
    "quote": lambda value: shlex.quote(str(value)),
    "ternary": _ternary,
    "to_json": json.dumps,
    "to_nice_json": lambda value, indent=4: json.dumps(value, indent=indent, sort_keys=True, separators=(",", ": ")),
}
