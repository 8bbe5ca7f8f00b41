"""A toolspec as a person reads it: what it does, its inputs, and a goal that uses it."""

from __future__ import annotations

import json
from typing import Any, Literal

import yaml

from fazai.cli._clean import one_line
from fazai.cli.views._screen import Line, Span, dim, strong
from fazai.plan import Use
from fazai.toolspec import Input, ToolSpec
from fazai.toolspec.translated import Translated

Language = Literal["en", "pt"]

_FROM = {"goal": "", "text": "from the goal's words", "default": "default", "answer": "your answer"}


def said(text: Translated, language: Language) -> str:
    """The text in a language; in English where it has no other."""
    return (text.pt if language == "pt" else "") or text.en


def toolspec_lines(spec: ToolSpec, language: Language) -> list[Line]:
    """Everything a person needs to use it."""
    platforms = ", ".join(platform.value for platform in spec.platforms)
    lines: list[Line] = [
        (strong(spec.name), f"  {said(spec.title, language)}"),
        (dim(f"  version {spec.version}, for {platforms}"),),
        (),
    ]
    if spec.inputs:
        lines.append((strong("Inputs"),))
        width = max(len(name) for name in spec.inputs) + 2
        lines.extend(_input_line(name, item, width, language) for name, item in spec.inputs.items())
        lines.append(())
    lines.append((strong("What it does"),))
    for step in spec.steps:
        condition = dim(f"  when {one_line(step.when)}") if step.when else ""
        lines.append(("  - ", one_line(step.heading), condition))
    lines.extend(("  - ", one_line(handler.heading), dim("  when something changed")) for handler in spec.handlers.values())
    lines.extend(("  - ", one_line(check.title()), dim("  checked by its Molecule scenario")) for check in spec.accept)
    lines.extend(
        [(), (strong("A goal that uses it"),), *(("  ", one_line(text)) for text in example_goal(spec, language).splitlines())]
    )
    return lines


def _input_line(name: str, item: Input, width: int, language: Language) -> Line:
    kind = item.type.value + (f" of {item.elements.value}" if item.elements else "")
    if item.secret:
        need = Span("required, a reference", "yellow") if item.required else Span("a reference", "yellow")
    elif item.required:
        need = Span("required", "yellow")
    else:
        need = dim(f"default {shown(item.default)}") if item.default is not None else dim("optional")
    choices = f" [{item.choices_hint or ', '.join(map(str, item.choices or ()))}]" if item.choices_hint or item.choices else ""
    return ("  ", f"{name:<{width}}{kind:<13}", need, choices, f"  {one_line(said(item.help, language))}" if item.help.en else "")


def example_goal(spec: ToolSpec, language: Language = "en") -> str:
    """The text of a goal file that uses it, with every required input."""
    required = {name: _sample(name, item) for name, item in spec.inputs.items() if item.required}
    goal = {
        "name": f"my-{spec.name.replace('_', '-')}",
        "goal": said(spec.title, language),
        "hosts": "all",
        "use": [{"name": spec.name, "inputs": required} if required else {"name": spec.name}],
    }
    return yaml.safe_dump(goal, sort_keys=False, allow_unicode=True, width=100)


def _sample(name: str, item: Input) -> Any:
    if item.secret:
        return f"env:{name.upper()}"
    if item.choices:
        return item.choices[0]
    samples: dict[str, Any] = {"int": 1, "float": 1.0, "bool": True, "path": "/path/to/it", "list": ["..."], "dict": {}}
    return samples.get(item.type.value, "...")


def inputs_of(use: Use) -> list[Line]:
    """The bound inputs of a use, each with where it came from."""
    return [
        (
            dim(f"{name} = "),
            shown(value),
            dim(f"  {_FROM[use.inputs_from[name]]}") if _FROM.get(use.inputs_from.get(name, "")) else "",
        )
        for name, value in use.inputs.items()
    ]


def shown(value: Any) -> str:
    """A value on one line, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = one_line(text)
    return text if len(text) <= 72 else text[:69] + "..."
