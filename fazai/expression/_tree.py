"""A text as Jinja2's syntax tree: parsed, and cut short where it would be too much for what comes after."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes


class ExpressionError(ValueError):
    """A text leaves the subset; the message says which part, and what is allowed instead."""


class Body(Enum):
    """What kind of text this is: a value, a bare condition (no braces), or the body of a template file."""

    VALUE = "value"
    CONDITION = "condition"
    TEMPLATE = "template"


_LONGEST: Final = 100_000
_DEEPEST: Final = 60  # Python's own stack allows a few hundred; everything after walks the tree by recursion
_MARKERS: Final = ("{{", "{%", "{#")
# Ansible reads a text, in a playbook as in a template file, that begins so with markers of the text's own choice.
_OWN_MARKERS: Final = "#jinja2:"
_ENVIRONMENT: Final = Environment(keep_trailing_newline=True, autoescape=False)  # noqa: S701 -- never renders


def looks_like_jinja(text: str) -> bool:
    """Whether Ansible would try to template this text if it stood in a playbook untagged."""
    return text.startswith(_OWN_MARKERS) or any(marker in text for marker in _MARKERS)


def has_expression(text: str) -> bool:
    """Whether a value names something: holds a `{{`."""
    return "{{" in text


def as_template(text: str, body: Body) -> str:
    """The text as Jinja2 reads it: a bare condition gets its braces."""
    return "{{ " + text + " }}" if body is Body.CONDITION else text


def environment() -> Environment:
    """Jinja2 with Ansible's own choices of newlines; nothing is ever rendered with it."""
    return _ENVIRONMENT


def names_in(text: str, body: Body = Body.VALUE) -> frozenset[str]:
    """The names a text uses, without those its own loops declare. Raises `ExpressionError` for a syntax error."""
    tree = tree_of(text, body)
    return frozenset(node.name for node in tree.find_all(nodes.Name)) - _loop_names(tree)


def string_literals(text: str) -> list[str]:
    """The quoted texts within a text's expressions, as they are written."""
    return [value for _line, kind, value in _ENVIRONMENT.lex(text) if kind == "string"]


def targets(target: nodes.Node) -> list[nodes.Name]:
    """The names that a `for` declares."""
    return [target] if isinstance(target, nodes.Name) else list(target.find_all(nodes.Name))


@lru_cache(maxsize=2048)
def tree_of(text: str, body: Body) -> nodes.Template:
    """The syntax tree. Raises `ExpressionError` for what Jinja2 cannot read, or what is too long or too deep."""
    if len(text) > _LONGEST:
        raise ExpressionError(f"the text is longer than {_LONGEST} characters")
    if text.lstrip().startswith(_OWN_MARKERS):
        raise ExpressionError(f'a text cannot begin with "{_OWN_MARKERS}": it would choose other marks than {{{{ }}}}')
    if "\x00" in text:
        raise ExpressionError("the text holds a NUL character")
    if body is Body.CONDITION and any(mark in text for mark in ("{{", "}}", "{%", "%}", "{#", "#}")):
        raise ExpressionError("a condition is written without braces")
    try:
        tree = _ENVIRONMENT.parse(as_template(text, body))
    except (TemplateSyntaxError, RecursionError, ValueError, OverflowError) as error:  # Python limits the digits of a number
        raise ExpressionError(f"not readable as an expression: {error}") from error
    _judge_depth(tree)
    kinds = [kind for _line, kind, _value in _ENVIRONMENT.lex(text)]
    if kinds.count("raw_begin") != kinds.count("raw_end"):  # Jinja2 lets one at the end of a text pass
        raise ExpressionError("not readable as an expression: a raw block has no end")
    if body is Body.CONDITION and not _is_one_expression(tree):
        raise ExpressionError("a condition is one expression")
    return tree


def _judge_depth(tree: nodes.Template) -> None:
    layer: list[nodes.Node] = [tree]
    for _depth in range(_DEEPEST):
        layer = [child for node in layer for child in node.iter_child_nodes()]
        if not layer:
            return
    raise ExpressionError("the expression is nested too deeply")


def _is_one_expression(tree: nodes.Template) -> bool:
    return len(tree.body) == 1 and isinstance(tree.body[0], nodes.Output) and len(tree.body[0].nodes) == 1


def _loop_names(tree: nodes.Template) -> frozenset[str]:
    """Names that the text's own `for` loops declare, and `loop` where there is a loop."""
    declared: set[str] = set()
    for loop in tree.find_all(nodes.For):
        declared.add("loop")
        declared.update(target.name for target in targets(loop.target))
    return frozenset(declared)
