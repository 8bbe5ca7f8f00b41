"""A module's result, cut down to what a preview, a verdict or a person needs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

TEXT_LIMIT: Final = 10_000
DIFF_LIMIT: Final = 100_000
ITEM_LIMIT: Final = 1_000

# An allow-list: `invocation` holds every argument, `cmd` a command's, `exception` a traceback, and nobody knows what else a
# module may return. What stands here is what modules of ours and the checks of the acceptance package speak of.
KEPT: Final = frozenset({
    "assertion", "attempts", "cache_updated", "censored", "changed", "checksum", "content", "content_type", "dest",
    "elapsed", "enabled", "evaluated_to", "examined", "failed", "failed_when_result", "false_condition", "files", "gid",
    "group", "include", "item", "json", "link_target", "matched", "mode", "msg", "name", "owner", "path", "port", "query_result",
    "rc", "reason", "redirected", "retries", "rowcount", "size", "skip_reason", "skipped", "skipped_reason", "src", "stat",
    "state", "status", "stderr", "stdout", "uid", "unreachable", "url", "uuid",
})  # fmt: skip
# systemd tells dozens of properties of a unit, its environment among them.
_UNIT: Final = frozenset({
    "ActiveState", "FragmentPath", "Id", "LoadState", "MainPID", "NeedDaemonReload", "Result", "SubState", "UnitFileState",
})  # fmt: skip
_STAT: Final = frozenset({
    "checksum", "exists", "gid", "gr_name", "isdir", "islnk", "isreg", "issock", "lnk_source", "lnk_target", "mode", "path",
    "pw_name", "size", "uid",
})  # fmt: skip


def reduced(result: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a result that is told.

    Texts are cut at 10 000 characters, diffs at 100 000, with a mark; `content` gets `content_sha256`, of the whole; the items of
    a loop stay under `results`, each reduced the same way. `invocation` and whatever is unknown is dropped.
    """
    kept: dict[str, Any] = {}
    for name, value in result.items():
        match name:
            case "diff":
                diffs = _diffs(value)
                if diffs:
                    kept["diff"] = diffs
            case "results" if isinstance(value, Sequence) and not isinstance(value, str):
                kept["results"] = _items(value)
            case "content" if isinstance(value, str):
                kept["content_sha256"] = hashlib.sha256(value.encode()).hexdigest()
                kept["content"] = cut(value)
            case "status" if isinstance(value, Mapping):
                kept["status"] = {key: cut(str(part)) for key, part in value.items() if key in _UNIT}
            case "stat" if isinstance(value, Mapping):
                kept["stat"] = {key: _plain(part) for key, part in value.items() if key in _STAT}
            case "files" if isinstance(value, Sequence) and not isinstance(value, str):
                kept["files"] = [_file(part) for part in value[:ITEM_LIMIT]]
            case _ if name in KEPT:
                kept[name] = _plain(value)
    reasons = _reasons(result.get("failed_modules"))
    return kept | {"msg": f"{kept.get('msg', '')} {reasons}".strip()} if reasons else kept


def _reasons(failed: Any) -> str:
    """Why gathering facts failed: Ansible names the modules, and hides what they said one level down."""
    said = [one for one in failed.values() if isinstance(one, Mapping)] if isinstance(failed, Mapping) else []
    return " ".join(cut(str(one.get("module_stderr") or one.get("msg") or "").strip(), ITEM_LIMIT) for one in said)


def cut(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text, or its beginning and a mark that says how much was left out."""
    return text if len(text) <= limit else f"{text[:limit]}\n[... {len(text) - limit} more characters]\n"


def _items(value: Sequence[Any]) -> list[Any]:
    # Some modules return lists of texts under the same name.
    return [reduced(item) if isinstance(item, Mapping) else _plain(item) for item in value[:ITEM_LIMIT]]


def _file(entry: Any) -> Any:
    """An entry of `find`, or the bare path that other modules give."""
    return {key: _plain(part) for key, part in entry.items() if key in _STAT} if isinstance(entry, Mapping) else _plain(entry)


def _plain(value: Any, depth: int = 4) -> Any:
    match value:
        case str():
            return cut(value)
        case bool() | int() | float() | None:
            return value
        case Mapping() if depth:
            return {str(key): _plain(part, depth - 1) for key, part in list(value.items())[:ITEM_LIMIT]}
        case Sequence() if depth:
            return [_plain(part, depth - 1) for part in value[:ITEM_LIMIT]]
        case _:
            return cut(str(value))


def _diffs(value: Any) -> list[dict[str, Any]]:
    """Ansible's diff is a mapping or a list of them; before and after are texts, or plain data."""
    given = [value] if isinstance(value, Mapping) else value if isinstance(value, Sequence) and not isinstance(value, str) else []
    return [found for one in given if isinstance(one, Mapping) and (found := _diff(one))]


def _diff(one: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("before", "after", "prepared"):
        value = one.get(name)
        if value is not None and value != "":
            found[name] = cut(value, DIFF_LIMIT) if isinstance(value, str) else _plain(value)
        elif name in one and name != "prepared":
            found[name] = ""
    if found.get("before") == found.get("after") and not found.get("prepared") and not _too_much(one):
        return {}
    headers = {name: cut(str(one[name])) for name in ("before_header", "after_header") if _names_the_file(one.get(name))}
    return found | headers | {name: _plain(one[name]) for name in _too_much(one)}


def _names_the_file(header: Any) -> bool:
    """A template's header names the controller's temporary file: it tells nobody anything and is another each time."""
    return bool(header) and "/ansible-local-" not in str(header)


def _too_much(one: Mapping[str, Any]) -> list[str]:
    """What Ansible says instead of a text that is binary or too large."""
    return [name for name in ("src_binary", "dst_binary", "src_larger", "dst_larger") if one.get(name)]
