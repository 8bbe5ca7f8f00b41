"""A role's README: what it does, its variables, an example."""

from __future__ import annotations

import json
from typing import Any

from fazai.expression import has_expression
from fazai.render._meta import MIN_ANSIBLE, defaults, describe
from fazai.render._scope import scope_of, variable
from fazai.render._words import capitalised, code, markdown
from fazai.render._yaml import as_data, document
from fazai.toolspec import Input, InputType, Step, ToolSpec


def readme(spec: ToolSpec) -> str:
    """Markdown."""
    families = " and ".join(platform.os_family for platform in spec.platforms)
    parts = [
        f"# {spec.name}",
        f"{markdown(spec.title.en)}. For hosts of the {families} famil{'y' if len(spec.platforms) == 1 else 'ies'}; "
        f"ansible-core {MIN_ANSIBLE} or newer.",
        "## What it does",
        "\n".join(f"{i}. {_step(spec, step)}" for i, step in enumerate(spec.steps, 1)),
    ]
    if spec.handlers:
        parts.append("When something they depend on has changed, at the end of the play:")
        parts.append("\n".join(f"- {markdown(capitalised(name))}" for name in spec.handlers))
    parts += ["## Variables", _table(spec) if spec.inputs else "None."]
    parts += ["## Example", f"```yaml\n{_example(spec)}```"]
    parts += ["## Licence", "GPL-3.0-or-later"]
    return "\n\n".join(parts) + "\n"


def _step(spec: ToolSpec, step: Step) -> str:
    heading = scope_of(spec).in_loop().value(step.heading)
    words = code(capitalised(heading)) if has_expression(heading) else markdown(capitalised(heading))
    each = f", for each of {code(scope_of(spec).value(step.for_each))}" if step.for_each else ""
    when = f", when {code(scope_of(spec).in_loop().condition(step.when))}" if step.when else ""
    return f"{words}{each}{when}"


def _table(spec: ToolSpec) -> str:
    rows = ["| Variable | Type | Default | Description |", "|---|---|---|---|"]
    given = defaults(spec)
    for name, one in spec.inputs.items():
        own = variable(spec.name, name)
        default = "required" if one.required else code(json.dumps(given[own], ensure_ascii=False)) if own in given else "none"
        rows.append(f"| {code(own)} | {_type(one)} | {default} | {_words(name, one)} |")
    return "\n".join(rows)


def _type(one: Input) -> str:
    return f"list of {(one.elements or InputType.STR).value}" if one.type is InputType.LIST else one.type.value


def _words(name: str, one: Input) -> str:
    choices = f" One of {', '.join(code(str(choice)) for choice in one.choices)}." if one.choices else ""
    secret = " Secret: keep it in a vault or an environment variable." if one.has_secret else ""
    options = "".join(f" {code(option)}: {markdown(describe(option, inner))}" for option, inner in (one.options or {}).items())
    return f"{markdown(describe(name, one))}{choices}{options}{secret}"


def _example(spec: ToolSpec) -> str:
    values = {variable(spec.name, name): _sample(name, one) for name, one in spec.inputs.items() if one.required}
    role: dict[str, Any] = {"role": spec.name, **({"vars": values} if values else {})}
    play = {"name": capitalised(spec.title.en), "hosts": "all", **({"become": True} if spec.become else {}), "roles": [role]}
    return document([play])


def _sample(name: str, one: Input) -> Any:
    if one.secret:
        return "{{ vault_" + name + " }}"
    if one.choices:
        return as_data(one.choices[0])
    match one.type:
        case InputType.INT:
            return 1
        case InputType.FLOAT:
            return 1.0
        case InputType.BOOL:
            return True
        case InputType.PATH:
            return f"/srv/{name}"
        case InputType.LIST:
            return [_sample(name, one.model_copy(update={"type": one.elements or InputType.STR, "elements": None}))]
        case InputType.DICT:
            return {option: _sample(option, inner) for option, inner in (one.options or {}).items() if inner.required}
        case _:
            return name.replace("_", " ")
