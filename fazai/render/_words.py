"""Names of tasks, and text of strangers where it could be taken for markup."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from fazai.expression import Body, Unresolvable, has_expression, looks_like_jinja, names_in, resolve
from fazai.render._scope import Scope

_LEXER = Environment(keep_trailing_newline=True, autoescape=False)  # noqa: S701 -- never renders
_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+|\['[^']*'\])*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
_LONGEST = 120


def capitalised(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def one_line(text: str) -> str:
    """The text without line breaks and control characters."""
    return _CONTROL.sub(" ", text).strip()


def task_name(text: str, scope: Scope, instead: str) -> str:
    """A task's name for the role.

    ansible-lint wants expressions at the end of a name only, so a name that goes on after one becomes a single
    expression from there on. What only a loop knows is shown as `<item.name>`; Ansible makes names before it loops. `instead` is
    the name for a text that would show a secret.
    """
    if scope.shows_secret(text):
        return capitalised(instead)
    parts = _parts(text, scope)
    literal = "".join(part for is_expression, part in parts if not is_expression)
    if not any(is_expression for is_expression, _ in parts):
        return capitalised(_shortened(one_line(literal)))
    first = next(i for i, (is_expression, _) in enumerate(parts) if is_expression)
    head = "".join(part for _, part in parts[:first])
    tail = parts[first:]
    return capitalised(f"{one_line(head)}{' ' if head.endswith(' ') else ''}{{{{ {_joined(tail)} }}}}")


def shown(text: str, values: Mapping[str, Any], instead: str, secrets: frozenset[str]) -> str:
    """A name as a person reads it: with the values of inputs, and what only a host knows as `<item.name>`."""
    if has_expression(text) and names_in(text) & secrets:
        return capitalised(instead)
    known = Scope({name: name for name in values})
    return capitalised(one_line("".join(_known(part, values) if found else part for found, part in _parts(text, known))))


def _known(expression: str, values: Mapping[str, Any]) -> str:
    try:
        return str(resolve(expression, values, Body.CONDITION))
    except Unresolvable:
        return f"<{expression}>"


def _joined(parts: list[tuple[bool, str]]) -> str:
    if len(parts) == 1:
        return parts[0][1]
    return " ~ ".join(_operand(part) if is_expression else _quoted(part) for is_expression, part in parts)


def _operand(expression: str) -> str:
    return expression if _SIMPLE.fullmatch(expression) else f"({expression})"


def _quoted(text: str) -> str:
    """A literal without escapes, since Ansible reads a backslash within an expression of a playbook as itself."""
    if "'" not in text:
        return f"'{text}'"
    return f'"{text}"' if '"' not in text else ' ~ "\'" ~ '.join(_quoted(part) for part in text.split("'"))


def _parts(text: str, scope: Scope) -> list[tuple[bool, str]]:
    """The text as (is an expression, its source or the literal), renamed; loop items as literals."""
    parts: list[tuple[bool, str]] = []
    source: list[str] = []
    for _line, kind, value in _LEXER.lex(text):
        match kind:
            case "variable_begin":
                source = []
            case "variable_end":
                parts.append(_expression("".join(source).strip(), scope))
            case "data":
                parts.append((False, _inert(value)))
            case _:
                source.append(value)
    return _merged(parts)


def _expression(source: str, scope: Scope) -> tuple[bool, str]:
    if names_in(f"{{{{ {source} }}}}") & scope.loop_names:
        return False, _inert(f"<{source}>")
    return True, scope.condition(source)


def _merged(parts: list[tuple[bool, str]]) -> list[tuple[bool, str]]:
    merged: list[tuple[bool, str]] = []
    for is_expression, part in parts:
        if merged and not is_expression and not merged[-1][0]:
            merged[-1] = (False, merged[-1][1] + part)
        else:
            merged.append((is_expression, part))
    return merged


def _inert(text: str) -> str:
    """Literal text that Ansible cannot take for an expression (it comes from a raw block, then)."""
    return re.sub(r"\{(?=[{%#])", "{ ", text) if looks_like_jinja(text) else text


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def comment(label: str, text: str) -> str:
    """A YAML comment of any text. Its further lines are indented, so that none can be read as an instruction to a linter."""
    wrapped = textwrap.wrap(f"{label}: {one_line(text)}", width=100, subsequent_indent="  ", break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in wrapped)


def markdown(text: str) -> str:
    """Any text as words of one Markdown line, fit for the cell of a table."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", one_line(text))


def code(text: str) -> str:
    """Any text as Markdown code, fit for the cell of a table."""
    line = one_line(text).replace("|", "\\|")
    longest = max((len(run) for run in re.findall(r"`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if "`" in line else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else '`""`'
