"""Text with expressions: a checked subset of Jinja2.

A toolspec's text may name its inputs, the loop's `item`, and an allow-list of facts, through an allow-list of Jinja2's
nodes, filters and tests: no calls, no lookups, no attribute tricks, no names that were not declared. `check()` judges a
text, `names_in()` says what it names, `rename()` writes the same text for a role's variables, `resolve()` gives its
value for inputs that are known. Input values themselves are never expressions: they are data, whatever they look like.
"""

from fazai.expression._facts import FACTS, Fact
from fazai.expression._rename import rename
from fazai.expression._resolve import Unresolvable, resolve
from fazai.expression._subset import FILTERS, TESTS, check
from fazai.expression._tree import Body, ExpressionError, has_expression, looks_like_jinja, names_in

__all__ = [
    "FACTS",
    "FILTERS",
    "TESTS",
    "Body",
    "ExpressionError",
    "Fact",
    "Unresolvable",
    "check",
    "has_expression",
    "looks_like_jinja",
    "names_in",
    "rename",
    "resolve",
]
