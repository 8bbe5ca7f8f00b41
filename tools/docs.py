#!/usr/bin/env python3
"""Writes the generated parts of docs/reference/ anew, from the models and the parser; `--check` says whether any is old.

A generated part stands between `<!-- begin NAME -->` and `<!-- end NAME -->`; the words around it are written by hand.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from fazai.acceptance import CHECKS
from fazai.cli._commands import COMMANDS
from fazai.cli._parser import Parser, build
from fazai.cli.views.json import TYPES
from fazai.diagnostic import ExitCode
from fazai.goal import Goal, GoalUse, Limits
from fazai.project import PolicySettings, Settings

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"
PART = re.compile(r"(<!-- begin (?P<name>[a-z-]+) -->\n)(?P<body>.*?)(<!-- end (?P=name) -->)", re.DOTALL)
COLUMNS = "100"

MEANINGS = {
    ExitCode.DONE: "Done.",
    ExitCode.UNEXPECTED: "Something nobody expected: a fault of FazAI's, or of the machine. `--debug` shows the traceback.",
    ExitCode.USAGE: "The command line cannot be used, or a file named on it is not valid; every mistake is shown.",
    ExitCode.INPUTS_MISSING: "Values are missing that only a person can give. They are listed; on a terminal they are asked for.",
    ExitCode.FINDINGS: "Findings stop the plan before any host is touched. `fazai doctor`: something is wrong here.",
    ExitCode.HOSTS_FAILED: "A host failed, or could not be reached.",
    ExitCode.NOT_APPROVED: "Refused by policy, or nobody approved this very plan, or another run is on the host.",
    ExitCode.NOT_VERIFIED: "It was applied, and it is not what was asked for.",
    ExitCode.NO_PLANNER: "Nothing that FazAI knows can serve this goal.",
    ExitCode.INTERRUPTED: "Interrupted with Ctrl-C; what is known of the run is said.",
}


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _cell in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def fields(model: type[BaseModel]) -> str:
    """A row for each field: its name, what may stand there, its default, what it means."""
    schema = model.model_json_schema(by_alias=True)
    required = set(schema.get("required", ()))
    rows = []
    for name, field in schema.get("properties", {}).items():
        given = field.get("default")
        # A mapping has a table of its own; nothing at all is said by an empty cell.
        default = "" if isinstance(given, dict) or given in (None, [], "") else f"`{_plain(given)}`"
        if name in required:
            default = "**required**"
        rows.append((f"`{name}`", _type(field, schema), default, _sentence(field.get("description", ""))))
    return table(("field", "value", "default", "meaning"), rows) if rows else "No fields.\n"


def _type(field: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """A JSON Schema type in words a person writes YAML by."""
    if "$ref" in field:
        target = schema["$defs"][field["$ref"].rpartition("/")[2]]
        return _type(target, schema) if "enum" in target else "mapping"
    if "enum" in field:
        return ", ".join(f"`{_plain(value)}`" for value in field["enum"])
    if "const" in field:
        return f"`{_plain(field['const'])}`"
    if "anyOf" in field:
        kinds = [_type(option, schema) for option in field["anyOf"] if option.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "oneOf" in field:
        return "mapping"
    match field.get("type"):
        case "string":
            return "expression" if field.get("pattern") == r"\{\{" else "text"
        case "integer" | "number":
            return _bounds("whole number" if field["type"] == "integer" else "number", field)
        case "boolean":
            return "`true` or `false`"
        case "array":
            inner = _type(field.get("items", {}), schema)
            return "list" if not inner else f"list of {inner}" if "`" in inner else f"list of {inner}s".replace("texts", "text")
        case "object":
            return "mapping"
        case _:
            return "any value"


def _bounds(noun: str, field: Mapping[str, Any]) -> str:
    low = field.get("minimum", field.get("exclusiveMinimum"))
    high = field.get("maximum")
    if low is not None and high is not None:
        return f"{noun}, {low:g} to {high:g}" if "minimum" in field else f"{noun}, above {low:g}, at most {high:g}"
    return f"{noun}, {low:g} or more" if low is not None else noun


def _plain(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case list() | tuple():
            return f"[{', '.join(_plain(item) for item in value)}]"
        case dict():
            return "{" + ", ".join(f"{name}: {_plain(item)}" for name, item in value.items()) + "}"
        case _:
            return str(value)


def _sentence(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."


def checks() -> str:
    """A section for each kind of check."""
    parts = []
    for name, model in sorted(CHECKS.kinds.items()):
        parts.append(f"### {name}\n\n{' '.join((model.__doc__ or '').split())}\n\n{fields(model)}")
    return "\n".join(parts)


def exit_codes() -> str:
    return table(("code", "meaning"), [(str(code.value), MEANINGS[code]) for code in ExitCode])


def commands() -> str:
    """The help of every command, as it is printed."""
    os.environ["COLUMNS"] = COLUMNS
    parser = build()
    parser.fill_all()
    parts = [_help("fazai", parser)]
    for name in COMMANDS:
        command = parser.commands[name]
        parts.append(_help(f"fazai {name}", command))
        parts += [_help(f"fazai {name} {inner}", below, deeper=True) for inner, below in command.commands.items()]
    return "\n".join(parts)


def _help(title: str, parser: Parser, *, deeper: bool = False) -> str:
    return f"{'###' if deeper else '##'} {title}\n\n```text\n{parser.format_help().rstrip()}\n```\n"


PARTS: Mapping[str, Callable[[], str]] = {
    "goal-fields": lambda: fields(Goal),
    "use-fields": lambda: fields(GoalUse),
    "limits-fields": lambda: fields(Limits),
    "checks": checks,
    "settings-fields": lambda: fields(Settings),
    "policy-fields": lambda: fields(PolicySettings),
    "exit-codes": exit_codes,
    "json-types": lambda: table(("type", "what it is"), [(f"`{name}`", f"{text}.") for name, text in TYPES.items()]),
    "commands": commands,
}


def renewed(text: str) -> str:
    """The text with every generated part as it should be."""
    return PART.sub(lambda found: f"{found[1]}{PARTS[found['name']]()}{found[4]}", text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a part is old")
    check = parser.parse_args().check
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(REFERENCE.glob("*.md"))}
    old = {path: text for path, text in pages.items() if renewed(text) != text}
    for path, text in old.items():
        print(f"{'old' if check else 'written'}: {path.name}")
        if not check:
            path.write_text(renewed(text), encoding="utf-8")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())
