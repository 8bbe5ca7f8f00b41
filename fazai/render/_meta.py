"""A role's defaults, its argument spec, and what Galaxy wants to know."""

from __future__ import annotations

from typing import Any, Final

from fazai.render._scope import variable
from fazai.render._words import one_line
from fazai.render._yaml import as_data
from fazai.task import Platform
from fazai.toolspec import Input, InputType, ToolSpec, bind

MIN_ANSIBLE: Final = "2.19"
_GALAXY_PLATFORMS: Final = {Platform.DEBIAN: ("Debian", "Ubuntu"), Platform.REDHAT: ("EL", "Fedora")}


def defaults(spec: ToolSpec) -> dict[str, Any]:
    """The defaults of the inputs that have one, as data."""
    bound, _problems = bind(spec.inputs, {})
    return {variable(spec.name, name): as_data(value) for name, value in bound.items()}


def meta(spec: ToolSpec) -> dict[str, Any]:
    """The content of meta/main.yml."""
    return {
        "galaxy_info": {
            "author": "FazAI",
            "description": one_line(spec.title.en),
            "license": "GPL-3.0-or-later",
            "min_ansible_version": MIN_ANSIBLE,
            "platforms": [
                {"name": name, "versions": ["all"]} for platform in spec.platforms for name in _GALAXY_PLATFORMS[platform]
            ],
            "galaxy_tags": [tag.replace("_", "") for tag in spec.tags],
        },
        "dependencies": [],
    }


def argument_specs(spec: ToolSpec) -> dict[str, Any]:
    """The content of meta/argument_specs.yml: Ansible checks the values by it before the first task."""
    entry: dict[str, Any] = {
        "short_description": one_line(spec.title.en),
        "description": [f"{one_line(spec.title.en)}."],
        "author": ["FazAI"],
    }
    if spec.inputs:
        entry["options"] = {variable(spec.name, name): _option(name, one) for name, one in spec.inputs.items()}
    return {"argument_specs": {"main": entry}}


def describe(name: str, spec: Input) -> str:
    """An input in words."""
    words = one_line(spec.help.en) or one_line(name.replace("_", " ").capitalize())
    hint = f" ({one_line(spec.choices_hint)})" if spec.choices_hint else ""
    return f"{words.rstrip('.')}{hint}."


def _option(name: str, spec: Input) -> dict[str, Any]:
    written: dict[str, Any] = {"type": spec.type.value}
    if spec.type is InputType.LIST:
        written["elements"] = (spec.elements or InputType.STR).value
    written["required"] = spec.required
    if spec.default is not None:
        written["default"] = as_data(bind({name: spec}, {})[0][name])
    if spec.choices is not None:
        written["choices"] = as_data(list(spec.choices))
    if spec.has_secret:
        written["no_log"] = True
    written["description"] = as_data(describe(name, spec))
    if spec.options:
        written["options"] = {option: _option(option, one) for option, one in spec.options.items()}
    return written
