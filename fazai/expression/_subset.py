"""The subset itself: which nodes, filters, tests and names are allowed, judged on Jinja2's own syntax tree."""

from __future__ import annotations

from collections.abc import Collection
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


FILTERS: Final = frozenset(
    {
        "abs", "b64encode", "basename", "bool", "capitalize", "default", "dirname", "first", "float", "hash", "indent",
        "int", "join", "last", "length", "list", "lower", "max", "min", "quote", "replace", "reverse",
        "round", "sort", "string", "ternary", "title", "to_json", "to_nice_json", "trim", "unique", "upper", "comment",
        "dictsort",
    }
)  # fmt: skip
TESTS: Final = frozenset(
    {
        "defined", "undefined", "none", "string", "number", "mapping", "sequence", "boolean", "true", "false", "in",
        "eq", "==", "ne", "!=", "lt", "<", "le", "<=", "gt", ">", "ge", ">=",
    }
)  # fmt: skip

_VALUE_NODES: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem,
    nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr,
    nodes.Concat, nodes.Add, nodes.Sub, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos, nodes.List,
    nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword,
)  # fmt: skip
_TEMPLATE_NODES: Final = (*_VALUE_NODES, nodes.If, nodes.For)
_LONGEST: Final = 100_000

_MARKERS: Final = ("{{", "{%", "{#")


def looks_like_jinja(text: str) -> bool:
    """Whether Ansible would try to template this text if it stood in a playbook untagged."""
    return any(marker in text for marker in _MARKERS)


def has_expression(text: str) -> bool:
    """Whether a value names something: holds a `{{`."""
    return "{{" in text


def check(text: str, names: Collection[str], body: Body = Body.VALUE) -> None:
    """Judge one text against the subset.

    `names` are the inputs, facts and loop variables that it may use. Raises `ExpressionError`.
    """
    tree = _tree(text, body)
    allowed = _TEMPLATE_NODES if body is Body.TEMPLATE else _VALUE_NODES
    known = frozenset(names) | _loop_names(tree)
    for node in tree.find_all(nodes.Node):
        _judge(node, allowed, known, body)


def names_in(text: str, body: Body = Body.VALUE) -> frozenset[str]:
    """The names a text uses, without those its own loops declare. Raises `ExpressionError` for a syntax error."""
    tree = _tree(text, body)
    return frozenset(node.name for node in tree.find_all(nodes.Name)) - _loop_names(tree)


def as_template(text: str, body: Body) -> str:
    """The text as Jinja2 reads it: a bare condition gets its braces."""
    return "{{ " + text + " }}" if body is Body.CONDITION else text


def environment() -> Environment:
    """Jinja2 with Ansible's own choices of newlines; nothing is ever rendered with it."""
    return _ENVIRONMENT


def _judge(node: nodes.Node, allowed: tuple[type[nodes.Node], ...], known: frozenset[str], body: Body) -> None:
    if not isinstance(node, allowed):
        word = "a call" if isinstance(node, nodes.Call) else f'"{type(node).__name__.lower()}"'
        raise ExpressionError(f"{word} is not allowed in a {body.value}; allowed: names, filters, comparisons")
    match node:
        case nodes.Name(name=name) if name not in known:
            raise ExpressionError(f'"{name}" is not an input, a fact or a loop variable of this toolspec')
        case nodes.Getattr(attr=attr) if attr.startswith("_") or attr in _METHODS:
            raise ExpressionError(f'the attribute ".{attr}" is not allowed')
        case nodes.Getitem(arg=arg) if not _plain_index(arg):
            raise ExpressionError("only a fixed text or number may stand in [ ]")
        case nodes.Filter(name=name) if name not in FILTERS:
            raise ExpressionError(f'the filter "{name}" is not allowed; allowed: {", ".join(sorted(FILTERS))}')
        case nodes.Test(name=name) if name not in TESTS:
            raise ExpressionError(f'the test "is {name}" is not allowed')
        case nodes.For(recursive=True):
            raise ExpressionError("a recursive loop is not allowed")
        case _:
            return


def _plain_index(arg: nodes.Node) -> bool:
    return isinstance(arg, nodes.Const) and (
        isinstance(arg.value, int) or (isinstance(arg.value, str) and not arg.value.startswith("_"))
    )


def _loop_names(tree: nodes.Template) -> frozenset[str]:
    """Names that the text's own `for` loops declare, and `loop` where there is a loop."""
    declared: set[str] = set()
    for loop in tree.find_all(nodes.For):
        declared.add("loop")
        declared.update(target.name for target in _targets(loop.target))
    return frozenset(declared)


def _targets(target: nodes.Node) -> list[nodes.Name]:
    return [target] if isinstance(target, nodes.Name) else list(target.find_all(nodes.Name))


@lru_cache(maxsize=2048)
def _tree(text: str, body: Body) -> nodes.Template:
    if len(text) > _LONGEST:
        raise ExpressionError(f"the text is longer than {_LONGEST} characters")
    if "\x00" in text:
        raise ExpressionError("the text holds a NUL character")
    if body is Body.CONDITION and any(mark in text for mark in ("{{", "}}", "{%", "%}", "{#", "#}")):
        raise ExpressionError("a condition is written without braces")
    try:
        tree = _ENVIRONMENT.parse(as_template(text, body))
    except (TemplateSyntaxError, RecursionError) as error:
        raise ExpressionError(f"not readable as an expression: {error}") from error
    if body is Body.CONDITION and not _is_one_expression(tree):
        raise ExpressionError("a condition is one expression")
    return tree


def _is_one_expression(tree: nodes.Template) -> bool:
    return len(tree.body) == 1 and isinstance(tree.body[0], nodes.Output) and len(tree.body[0].nodes) == 1


# Methods of text, lists and mappings that an attribute would reach; an input's own field may not be called so.
_METHODS: Final = frozenset(
    name for kind in (str, list, dict, bytes, int, float) for name in dir(kind) if not name.startswith("__")
) - {"index", "count"}
_ENVIRONMENT: Final = Environment(keep_trailing_newline=True, autoescape=False)  # noqa: S701 -- never renders
