"""Inputs of a toolspec: Ansible's types, and references to secrets.

`bind()` turns given values into checked ones. A secret input takes a reference only (`env:NAME`, `file:PATH`, `vault:NAME`,
`secrets-agent:NAME`): the secret itself never enters a plan.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fazai.diagnostic import did_you_mean
from fazai.text import Line
from fazai.toolspec.translated import Translated


class InputType(StrEnum):
    """The types of Ansible's argument specs that a value in a goal can have."""

    STR = "str"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    PATH = "path"
    LIST = "list"
    DICT = "dict"


class Form(StrEnum):
    """What a text must look like, since it becomes part of a configuration file."""

    TEXT = "text"
    LINE = "line"
    PORT = "port"
    ADDRESS = "address"
    NETWORK = "network"
    HOSTNAME = "hostname"
    URL = "url"
    NAME = "name"
    UNIX_NAME = "unix_name"
    SIZE = "size"
    TIME = "time"
    SSH_KEY = "ssh_key"
    PLAIN_PATH = "plain_path"
    PORT_PROTOCOL = "port_protocol"
    HOST_PORT = "host_port"


class Input(BaseModel):
    """One input. `form` narrows a text further than its type; `found_in_goal` lets recall read it from the goal's words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: InputType = InputType.STR
    elements: InputType | None = None
    options: Mapping[str, Input] | None = Field(default=None, description="Fields of a dict, or of a list's dicts")
    required: bool = False
    default: Any = None
    choices: tuple[Any, ...] | None = None
    choices_hint: Line | None = Field(default=None, description="Choices in words, where they are too many to list")
    secret: bool = False
    form: Form = Form.TEXT
    found_in_goal: bool = Field(default=False, description="Recall may read it from the goal's text, by its form")
    help: Translated = Translated()

    @model_validator(mode="after")
    def _fits_itself(self) -> Self:
        if self.required and self.default is not None:
            raise ValueError("a required input has no default")
        if self.secret and self.default is not None:
            raise ValueError("a secret has no default")
        if self.elements is not None and self.type is not InputType.LIST:
            raise ValueError("elements belongs to type: list")
        if self.options is not None and InputType.DICT not in {self.type, self.elements}:
            raise ValueError("options belongs to type: dict, or to a list with elements: dict")
        if self.default is not None:
            value_of(self, self.default)
        return self

    @property
    def has_secret(self) -> bool:
        """Whether it, or an option of it, is secret."""
        return self.secret or any(option.has_secret for option in (self.options or {}).values())


@dataclass(frozen=True)
class SecretRef:
    """Where a secret is read at run time: `env:DB_PASSWORD`."""

    source: str
    name: str

    def __str__(self) -> str:
        """As a person writes it."""
        return f"{self.source}:{self.name}"


_SECRET_FORMS: Final[Mapping[str, str]] = {
    "env": r"[A-Za-z_][A-Za-z0-9_]*",
    "file": r"[A-Za-z0-9_./~ -]+",
    "vault": r"[A-Za-z_][A-Za-z0-9_]*",
    "secrets-agent": r"[A-Za-z0-9_][A-Za-z0-9_./-]*",
}


def secret_ref(value: Any) -> SecretRef:
    """The reference that a text is. Raises `ValueError` for anything else, without repeating it: it may be a secret."""
    if isinstance(value, str):
        source, colon, name = value.partition(":")
        pattern = _SECRET_FORMS.get(source)
        if colon and pattern and re.fullmatch(pattern, name):
            return SecretRef(source, name)
    raise ValueError("is a secret: write a reference such as env:NAME, file:PATH or vault:NAME, never the secret itself")


def bind(inputs: Mapping[str, Input], given: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """Checked values for `inputs`, and problems as (input, summary, remedy).

    Defaults fill what is not given; a required input that is missing is not a problem here: see `missing()`.
    """
    bound: dict[str, Any] = {}
    problems = [(name, f'Unknown input "{name}"', did_you_mean(name, inputs)) for name in given if name not in inputs]
    for name, spec in inputs.items():
        value = given.get(name, spec.default)
        if value is None:
            continue
        try:
            bound[name] = value_of(spec, value)
        except ValueError as error:
            problems.append((name, f'The input "{name}" is not valid', f"It {error}."))
    return bound, problems


def missing(inputs: Mapping[str, Input], given: Mapping[str, Any]) -> list[str]:
    """The required inputs that have no value."""
    return [name for name, spec in inputs.items() if spec.required and given.get(name) is None]


def value_of(spec: Input, value: Any) -> Any:
    """`value` as `spec` wants it. Raises `ValueError` with a message that begins with a verb."""
    if spec.secret:
        return str(secret_ref(value))
    match spec.type:
        case InputType.LIST:
            items = value if isinstance(value, list | tuple) else [value]
            element = spec.model_copy(
                update={
                    "type": spec.elements or InputType.STR,
                    "elements": None,
                    "default": None,
                    "required": False,
                }
            )
            return [value_of(element, item) for item in items]
        case InputType.DICT:
            return _mapping(spec, value)
        case _:
            checked = _scalar(spec.type, value)
    if spec.choices is not None and checked not in spec.choices:
        listed = ", ".join(str(choice) for choice in spec.choices)
        raise ValueError(f"is {checked!r}; valid: {listed}")
    _judge_form(spec.form, checked)
    return checked


def _mapping(spec: Input, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("must be a mapping of names to values")  # noqa: TRY004 -- gathered as a problem of the value
    if spec.options is None:
        return dict(value)
    bound, problems = bind(spec.options, value)
    absent = missing(spec.options, bound)
    if problems:
        raise ValueError(f"has a mistake: {problems[0][1]}. {problems[0][2]}".rstrip("."))
    if absent:
        raise ValueError(f"lacks {', '.join(absent)}")
    return bound


def _scalar(kind: InputType, value: Any) -> Any:
    match kind, value:
        case (InputType.STR | InputType.PATH, bool()):
            raise ValueError("must be text; write it in quotes")
        case (InputType.STR | InputType.PATH, str() | int() | float()):
            return _path(str(value)) if kind is InputType.PATH else str(value)
        case InputType.INT, int() if not isinstance(value, bool):
            return value
        case InputType.INT, str() if re.fullmatch(r"-?[0-9]{1,18}", value):
            return int(value)
        case InputType.FLOAT, int() | float() if not isinstance(value, bool):
            return float(value)
        case InputType.BOOL, bool():
            return value
        case _:
            raise ValueError(f"must be of type {kind.value}, not {type(value).__name__}")


def _path(text: str) -> str:
    if not text.startswith("/") or ".." in text.split("/") or re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", text):
        raise ValueError("must be an absolute path without .. or control characters")
    return text


_LABEL = r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)"
_FORMS: Final[Mapping[Form, tuple[str, str]]] = {
    Form.HOSTNAME: (rf"{_LABEL}(\.{_LABEL})*\.?", "a host name"),
    Form.URL: (r"https?://[A-Za-z0-9_.:\[\]-]+(/[A-Za-z0-9_.~!&()*+,=:@%/?-]*)?", "an http or https URL"),
    Form.NAME: (r"[A-Za-z_][A-Za-z0-9_-]{0,62}", "a name of letters, digits, _ and -"),
    Form.UNIX_NAME: (r"[a-z_][a-z0-9_-]{0,31}", "a user or group name"),
    Form.SIZE: (r"[0-9]+ ?([kKmMgGtT]i?[bB]?)?", "a size such as 256mb"),
    Form.TIME: (r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", "a time of day such as 02:30"),
    Form.SSH_KEY: (
        r"(ssh-(ed25519|rsa)|ecdsa-sha2-nistp(256|384|521)|sk-[a-z0-9@.-]+) [A-Za-z0-9+/=]+( [ -~]*)?",
        "one public ssh key on one line",
    ),
    Form.PLAIN_PATH: (r"(/[A-Za-z0-9_@+.-]+)+/?|/", "a path of letters, digits and . _ @ + - only"),
    Form.PORT_PROTOCOL: (
        r"([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])(/(tcp|udp))?",
        "a port such as 443 or 53/udp",
    ),
    Form.HOST_PORT: (
        rf"({_LABEL}(\.{_LABEL})*\.?|\[{_LABEL}(\.{_LABEL})*\.?\])(:[1-9][0-9]{{0,4}})?",
        "a mail host such as [smtp.example.net]:587",
    ),
}


def _judge_form(form: Form, value: Any) -> None:
    match form:
        case Form.TEXT:
            return
        case Form.PORT:
            if not (isinstance(value, int) and 1 <= value <= 65535):
                raise ValueError("must be a port, 1 to 65535")
        case Form.ADDRESS:
            _judge_address(str(value))
        case Form.NETWORK:
            _judge_network(str(value))
        case Form.LINE:
            if re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", str(value)):
                raise ValueError("must be a single line")
        case _:
            pattern, meaning = _FORMS[form]
            if re.fullmatch(pattern, str(value)) is None:
                raise ValueError(f"must be {meaning}")


# `ipaddress` takes any text after a % as the scope of an IPv6 address, line breaks and all.
_ADDRESS = re.compile(r"[0-9A-Fa-f:.]+")


def _judge_address(text: str) -> None:
    try:
        if _ADDRESS.fullmatch(text):
            ipaddress.ip_address(text)
            return
    except ValueError:
        pass
    raise ValueError("must be an address such as 192.168.15.2")


def _judge_network(text: str) -> None:
    address, slash, length = text.partition("/")
    try:
        if _ADDRESS.fullmatch(address) and slash and length.isascii() and length.isdigit():
            ipaddress.ip_network(text, strict=False)
            return
    except ValueError:
        pass
    raise ValueError("must be a network with its prefix length, such as 192.168.15.0/24")
