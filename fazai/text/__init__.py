"""Types for the fields of steps, checks and goals: text of a certain form, or an expression that will give one.

A form is checked on literal text here; on the value of an expression it is checked when inputs are bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from fazai.expression import has_expression

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def _clean(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("control characters are not allowed")
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise ValueError("must be a single line")
    return _clean(text)


def form(pattern: str, meaning: str) -> Callable[[str], str]:
    """A validator: literal text must match `pattern` whole; text with an expression is judged later."""
    compiled = re.compile(pattern)

    def judge(text: str) -> str:
        if not has_expression(text) and compiled.fullmatch(text) is None:
            raise ValueError(f"must be {meaning}")
        return _one_line(text)

    return judge


def _absolute(text: str) -> str:
    literal = not text.startswith("{{")
    if literal and not text.startswith("/"):
        raise ValueError("must be an absolute path")
    if ".." in text.split("/"):
        raise ValueError('must not climb with ".."')
    return _one_line(text)


def _text_only(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        raise ValueError('write a file mode in quotes, as in "0644": YAML reads 0644 as the number 420')  # noqa: TRY004
    return value


Text = Annotated[str, AfterValidator(_clean)]
Line = Annotated[str, StringConstraints(min_length=1), AfterValidator(_one_line)]
AbsolutePath = Annotated[str, AfterValidator(_absolute)]
Mode = Annotated[
    str,
    BeforeValidator(_text_only),
    AfterValidator(form(r"0?[0-7]{3,4}", 'an octal mode in quotes, as in "0644"')),
]
UnixName = Annotated[str, AfterValidator(form(r"[a-z_][a-z0-9_-]{0,31}\$?", "a user or group name"))]
PackageName = Annotated[str, AfterValidator(form(r"[A-Za-z0-9][A-Za-z0-9.+_:=~*-]*", "a package name"))]
UnitName = Annotated[str, AfterValidator(form(r"[A-Za-z0-9][A-Za-z0-9:_.@\\-]*", "a systemd unit name"))]
ModuleName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*){2,}$"),
    Field(examples=["community.postgresql.postgresql_db"]),
]
Condition = Annotated[str, AfterValidator(_one_line)]
Expression = Annotated[str, StringConstraints(pattern=r"\{\{")]
Whole = int | Expression
Flag = bool | Expression


def texts_in(value: Any, path: tuple[str | int, ...]) -> Sequence[tuple[tuple[str | int, ...], str]]:
    """Every text within plain data, with its path; keys of mappings are not texts."""
    match value:
        case str():
            return [(path, value)]
        case Mapping():
            return [found for key, item in value.items() for found in texts_in(item, (*path, key))]
        case list() | tuple():
            return [found for i, item in enumerate(value) for found in texts_in(item, (*path, i))]
        case _:
            return []
