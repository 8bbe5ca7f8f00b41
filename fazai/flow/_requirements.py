"""The project's requirements.yml: what stands there stays to the letter, what a plan needs is added."""

from __future__ import annotations

from typing import Any

import yaml


def merged(there: str, needed: str) -> str | None:
    """The text with the collections of `needed` that it does not name yet; None where they cannot be added to it.

    That is so for a text that is not YAML, not a mapping (the old form, a list of roles), or lists its collections within [ ].
    What comes out is read again and held against what it should say, so that nothing of a person's is lost or bent.
    """
    try:
        old = yaml.safe_load(there)
        entries = _collections(old)
        added = [entry for entry in yaml.safe_load(needed)["collections"] if entry["name"] not in _names(entries)]
        if not added:
            return there
        text = _with(there, added, has_list=bool(entries))
        wanted = {**(old or {}), "collections": [*entries, *added]}
        return text if yaml.safe_load(text) == wanted else None
    except (yaml.YAMLError, ValueError):
        return None


def _collections(old: Any) -> list[Any]:
    entries = ({} if old is None else old).get("collections") if isinstance(old, dict | None) else 0
    if not isinstance(entries, list | None):
        raise ValueError(entries)  # noqa: TRY004 -- caught above: not a form to add to
    return entries or []


def _names(entries: list[Any]) -> set[str]:
    return {str(entry.get("name", "")) if isinstance(entry, dict) else str(entry) for entry in entries}


def _with(text: str, added: list[dict[str, str]], *, has_list: bool) -> str:
    """The text with entries after the last one of its list, indented as that; with a list of its own where it has none."""
    lines = text.splitlines()
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    parts = root.value if isinstance(root, yaml.MappingNode) else []
    key, value = next(((key, value) for key, value in parts if key.value == "collections"), (None, None))
    indent, end = 2, len(lines)
    if has_list and value is not None:
        indent = value.start_mark.column
        last = value.value[-1].end_mark
        end = last.line if last.column == 0 or not lines[last.line][: last.column].strip() else last.line + 1
        while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
            end -= 1
    elif key is not None:
        end = key.end_mark.line + 1
        lines[key.end_mark.line] = "collections:"
    else:
        lines.append("collections:")
        end = len(lines)
    pad = " " * indent
    new = [line for entry in added for line in (f"{pad}- name: {entry['name']}", f'{pad}  version: "{entry["version"]}"')]
    return "\n".join([*lines[:end], *new, *lines[end:]]) + "\n"
