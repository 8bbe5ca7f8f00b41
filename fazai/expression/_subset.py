"""The subset itself: which nodes, filters, tests and names are allowed, judged on Jinja2's own syntax tree."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from jinja2 import nodes

from fazai.expression._tree import Body, ExpressionError, string_literals, targets, tree_of

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
    nodes.Concat, nodes.Add, nodes.Sub, nodes.Div, nodes.FloorDiv, nodes.Neg, nodes.Pos, nodes.List,
    nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword,
)  # fmt: skip
_TEMPLATE_NODES: Final = (*_VALUE_NODES, nodes.If, nodes.For)

# What is short to write and long to evaluate is refused: templates are evaluated on the controller.
_MOST_LOOPS: Final = 3
_MOST_ITEMS: Final = 100
_MOST_GROWTH: Final = 1000
_LARGEST_ARGUMENT: Final = 200
_LENGTH_OF_UNKNOWN: Final = 64

_GROWING: Final = frozenset({"replace", "join"})
_LAYOUT: Final = frozenset({"indent", "to_json", "to_nice_json", "comment"})
# At which place, besides by name, these take the name of an attribute to look at.
_BY_ATTRIBUTE: Final = {"join": 1, "max": 1, "min": 1, "sort": 2, "unique": 1}


@dataclass(frozen=True)
class _Place:
    """Where in a text a node stands: which nodes may, and which names are known."""

    body: Body
    allowed: tuple[type[nodes.Node], ...]
    known: frozenset[str]
    loops: int = 0
    growth: int = 1


def check(text: str, names: Collection[str], body: Body = Body.VALUE) -> None:
    """Judge one text against the subset.

    `names` are the inputs, facts and loop variables that it may use. Raises `ExpressionError`.
    """
    allowed = _TEMPLATE_NODES if body is Body.TEMPLATE else _VALUE_NODES
    _judge(tree_of(text, body), _Place(body, allowed, frozenset(names)))
    # Ansible reads a backslash in a playbook's expression as itself, in a condition or a template file as Jinja2 does.
    if body is Body.VALUE and any("\\" in literal for literal in string_literals(text)):
        raise ExpressionError("a backslash within {{ }} means different things in different places; write it outside")


def _judge(node: nodes.Node, place: _Place) -> None:
    """Judge a node and all below it."""
    _judge_one(node, place)
    if isinstance(node, nodes.For):
        _judge_loop(node, place)
        return
    if isinstance(node, nodes.Filter):
        place = replace(place, growth=place.growth * _growth(node))
        if place.growth > _MOST_GROWTH:
            raise ExpressionError("replace and join would make too long a text of it")
    for child in node.iter_child_nodes():
        _judge(child, place)


def _judge_one(node: nodes.Node, place: _Place) -> None:
    if not isinstance(node, place.allowed):
        word = "a call" if isinstance(node, nodes.Call) else f'"{type(node).__name__.lower()}"'
        raise ExpressionError(f"{word} is not allowed in a {place.body.value}; allowed: names, filters, comparisons")
    match node:
        case nodes.Name(name=name) if name not in place.known:
            raise ExpressionError(f'"{name}" is not an input, a fact or a loop variable of this toolspec')
        case nodes.Getattr(attr=attr) if not _plain_attribute(attr):
            raise ExpressionError(f'the attribute ".{attr}" is not allowed')
        case nodes.Getitem(arg=arg) if not _plain_index(arg):
            raise ExpressionError("only a fixed text or number may stand in [ ]")
        case nodes.List(items=items) | nodes.Tuple(items=items) | nodes.Dict(items=items) if len(items) > _MOST_ITEMS:
            raise ExpressionError(f"more than {_MOST_ITEMS} items are not allowed here; make them an input")
        case nodes.Filter() | nodes.Test() if node.dyn_args is not None or node.dyn_kwargs is not None:
            raise ExpressionError("arguments are written one by one, without * or **")
        case nodes.Filter():
            _judge_filter(node)
        case nodes.Test(name=name) if name not in TESTS:
            raise ExpressionError(f'the test "is {name}" is not allowed')
        case _:
            return


def _judge_loop(node: nodes.For, place: _Place) -> None:
    """A loop's own names live inside it alone, and hide no other name."""
    if node.recursive:
        raise ExpressionError("a recursive loop is not allowed")
    if place.loops == _MOST_LOOPS:
        raise ExpressionError(f"more than {_MOST_LOOPS} loops within each other are not allowed")
    own = frozenset(target.name for target in targets(node.target))
    taken = sorted(name for name in own if name in place.known or name.startswith("_"))
    if taken:
        raise ExpressionError(f'"{taken[0]}" is taken; choose another name for the loop variable')
    for child in (node.iter, *node.else_):
        _judge(child, place)
    inside = replace(place, known=place.known | own | {"loop"}, loops=place.loops + 1)
    for child in (*node.body, *([node.test] if node.test else [])):
        _judge(child, inside)


def _judge_filter(node: nodes.Filter) -> None:
    if node.name not in FILTERS:
        raise ExpressionError(f'the filter "{node.name}" is not allowed; allowed: {", ".join(sorted(FILTERS))}')
    if node.name in _LAYOUT and not all(_small(argument) for argument in _arguments(node)):
        raise ExpressionError(f"{node.name} takes fixed arguments up to {_LARGEST_ARGUMENT}")
    for attribute in _attributes(node):
        if not (isinstance(attribute, nodes.Const) and all(_plain_attribute(part) for part in str(attribute.value).split("."))):
            raise ExpressionError(f'the filter "{node.name}" looks at a fixed attribute without _ only')


def _arguments(node: nodes.Filter) -> list[nodes.Expr]:
    return [*node.args, *(argument.value for argument in node.kwargs)]


def _attributes(node: nodes.Filter) -> list[nodes.Expr]:
    place = _BY_ATTRIBUTE.get(node.name or "")
    if place is None:
        return []
    return [*node.args[place:], *(argument.value for argument in node.kwargs if argument.key == "attribute")]


def _small(argument: nodes.Expr) -> bool:
    if not isinstance(argument, nodes.Const):
        return False
    value = argument.value
    return len(value) <= _LARGEST_ARGUMENT if isinstance(value, str) else not isinstance(value, int) or value <= _LARGEST_ARGUMENT


def _growth(node: nodes.Filter) -> int:
    """How many times longer a filter can make a text, at most, as far as its arguments tell."""
    if node.name not in _GROWING:
        return 1
    lengths = (
        len(str(argument.value)) if isinstance(argument, nodes.Const) else _LENGTH_OF_UNKNOWN for argument in _arguments(node)
    )
    return max((1, *lengths))


def _plain_attribute(name: str) -> bool:
    return not name.startswith("_") and name not in _METHODS


def _plain_index(arg: nodes.Node) -> bool:
    return isinstance(arg, nodes.Const) and (
        isinstance(arg.value, int) or (isinstance(arg.value, str) and not arg.value.startswith("_"))
    )


# Methods of text, lists and mappings that an attribute would reach; an input's own field may not be called so.
_METHODS: Final = frozenset(
    name for kind in (str, list, dict, bytes, int, float) for name in dir(kind) if not name.startswith("__")
) - {"index", "count"}
