"""Input values as they stand in a playbook: data, and lookups for secrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fazai.diagnostic import Finding, FindingsStopPlan, Where
from fazai.plan import Use
from fazai.render._scope import variable
from fazai.render._yaml import as_data
from fazai.toolspec import Input, SecretRef
from fazai.toolspec.inputs import secret_ref


def role_vars(use: Use, only: frozenset[str] | None = None) -> dict[str, Any]:
    """The bound inputs of a use by the names of its role's variables; `only` leaves the others out.

    A secret that the user keeps in a variable of that very name is left out: naming it would define it by itself.
    """
    spec = use.toolspec
    written: dict[str, Any] = {}
    for name, value in use.inputs.items():
        if only is not None and name not in only:
            continue
        own = variable(spec.name, name)
        rendered = _value(spec.inputs.get(name, Input()), value, f"uses.{spec.name}.{name}")
        if rendered != f"{{{{ {own} }}}}":
            written[own] = rendered
    return written


def _value(spec: Input, value: Any, field: str) -> Any:
    if not spec.has_secret:
        return as_data(value)
    if isinstance(value, list | tuple):
        return [_value(spec, item, field) for item in value]
    if spec.secret:
        return _lookup(_reference(value, field), field)
    if isinstance(value, Mapping):
        options = spec.options or {}
        return {as_data(key): _value(options.get(key, Input()), item, f"{field}.{key}") for key, item in value.items()}
    return as_data(value)


def _reference(value: Any, field: str) -> SecretRef:
    try:
        return secret_ref(value)
    except ValueError as error:
        raise FindingsStopPlan(
            Finding(summary="A secret is not a reference", detail=f"It {error}.", where=Where(field=field))
        ) from error


def _lookup(ref: SecretRef, field: str) -> str:
    """The expression that reads a secret at run time; its name was held against a strict pattern, without quotes."""
    match ref.source:
        case "env":
            hint = f"undef(hint='set the environment variable {ref.name}')"
            return f"{{{{ lookup('ansible.builtin.env', '{ref.name}', default={hint}) }}}}"
        case "file" if not ref.name.startswith(("/", "~/")):
            raise FindingsStopPlan(
                Finding(
                    summary="A file with a secret needs its full path",
                    detail=f'"{ref}": a plan runs from a directory of its own.',
                    where=Where(field=field),
                    remedy="Begin the path with / or ~/.",
                )
            )
        case "file":
            return f"{{{{ lookup('ansible.builtin.file', '{ref.name}') }}}}"
        case "vault":
            return f"{{{{ {ref.name} }}}}"
        case _:
            raise FindingsStopPlan(
                Finding(
                    summary="This source of secrets is not available",
                    detail=f'"{ref.source}" cannot be read in this version.',
                    where=Where(field=field),
                    remedy="Write env:NAME, file:PATH or vault:NAME.",
                )
            )
