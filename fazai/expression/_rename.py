"""The same text with other names: `{{ port }}` becomes `{{ static_site_port }}` in the role of that toolspec.

Jinja2 has no writer for its syntax tree, but its lexer gives back every character; names are exchanged there and the
rest of the text stays as its author wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping

from fazai.expression._tree import Body, as_template, environment, names_in

_KEYWORDS = frozenset({"and", "or", "not", "in", "is", "if", "else", "elif", "endif", "for", "endfor", "true", "false",
                       "none", "True", "False", "None", "loop"})  # fmt: skip


def rename(text: str, names: Mapping[str, str], body: Body = Body.VALUE) -> str:
    """`text` with each free name replaced by the expression `names` gives for it.

    The text must have passed `check()`. Names that its own loops declare are left alone, as are attributes, filters,
    tests and keyword arguments of the same spelling.
    """
    free = names_in(text, body)
    source = as_template(text, body)
    tokens = list(environment().lex(source))
    written: list[str] = []
    for i, (_line, kind, value) in enumerate(tokens):
        is_free_name = kind == "name" and value in free and value not in _KEYWORDS and not _is_label(tokens, i)
        written.append(_in_context(names.get(value, value), tokens, i) if is_free_name else value)
    result = "".join(written)
    return result[3:-3] if body is Body.CONDITION else result


Token = tuple[int, str, str]


def _is_label(tokens: list[Token], i: int) -> bool:
    """Whether the name at `i` is an attribute, a filter, a test or a keyword argument, not a variable."""
    before = _neighbour(tokens, i, -1)
    if before in {".", "|"}:
        return True
    if before == "is" or (before == "not" and _neighbour(tokens, i, -1, skip=1) == "is"):
        return True
    return _neighbour(tokens, i, 1) == "=" and before in {"(", ","}


def _neighbour(tokens: list[Token], i: int, step: int, skip: int = 0) -> str:
    """The nearest token that is not white space, `skip` further ones left out."""
    j = i + step
    while 0 <= j < len(tokens):
        if tokens[j][1] != "whitespace":
            if skip == 0:
                return tokens[j][2]
            skip -= 1
        j += step
    return ""


def _in_context(expression: str, tokens: list[Token], i: int) -> str:
    """A fact with a filter of its own needs brackets unless it stands alone between braces."""
    if "|" not in expression:
        return expression
    alone = _neighbour(tokens, i, -1) == "{{" and _neighbour(tokens, i, 1) == "}}"
    return expression if alone else f"({expression})"
