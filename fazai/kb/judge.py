"""What may be remembered: no secret, and no proof that is none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from fazai.diagnostic import Finding, Where
from fazai.outcome import Entry, EntryStatus, Level
from fazai.plan import Use
from fazai.toolspec import Input
from fazai.toolspec.inputs import secret_ref

ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_PRIVATE_KEY: Final = re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----")


def entry_id(plan_hash: str, status: EntryStatus) -> str:
    """Twelve digits. A plan's failure and its proof are two entries, so that the one does not wipe out the other."""
    return hashlib.sha256(f"{plan_hash}:{status.value}".encode()).hexdigest()[:12]


def judge(entry: Entry) -> list[Finding]:
    """Every reason why an entry must not be kept."""
    return [*scrub_check(entry), *_unproved(entry)]


def scrub_check(entry: Entry) -> list[Finding]:
    """Secrets that stand in an entry instead of references to them, and private keys anywhere in its texts.

    The findings name the input and never repeat its value.
    """
    found: list[Finding] = []
    for i, use in enumerate(entry.uses):
        found += [
            _refused(
                ("uses", i, "inputs", *path),
                "A secret stands in the entry",
                "Only its reference may: env:NAME, file:PATH, vault:NAME.",
            )
            for path in _open_secrets(use)
        ]
        found += [
            _refused(
                ("uses", i, "inputs", name), "An input that its toolspec does not know", "Nobody can say whether it is secret."
            )
            for name in use.inputs
            if name not in use.toolspec.inputs
        ]
    if _PRIVATE_KEY.search(entry.model_dump_json()):
        found.append(_refused((), "A private key stands in the entry", "Keep it in a file or a vault, and refer to it."))
    return found


def _open_secrets(use: Use) -> Iterator[tuple[str | int, ...]]:
    for name, value in use.inputs.items():
        if name in use.toolspec.inputs:
            yield from _open_parts(use.toolspec.inputs[name], value, (name,))


def _open_parts(spec: Input, value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Paths of secret values that are not references."""
    if value is None or not spec.has_secret:
        return
    match value:
        case list() | tuple():
            for i, item in enumerate(value):
                yield from _open_parts(spec, item, (*path, i))
        case Mapping() if not spec.secret:
            for name, option in (spec.options or {}).items():
                yield from _open_parts(option, value.get(name), (*path, name))
        case _:
            if not _is_reference(value):
                yield path


def _is_reference(value: Any) -> bool:
    try:
        secret_ref(value)
    except ValueError:
        return False
    return True


def _unproved(entry: Entry) -> Iterator[Finding]:
    if ID.fullmatch(entry.id) is None:
        yield _refused(("id",), "An entry's id is not valid", "It has small letters, digits, _ and - only.")
    if entry.status is EntryStatus.VERIFIED:
        if entry.level is not Level.ACCEPTED:
            yield _refused(
                ("level",), "An entry calls itself verified without proof", f"Its level is {entry.level}, not accepted."
            )
        if not (entry.run_id and entry.hosts and entry.uses):
            yield _refused(
                ("run_id",), "An entry calls itself verified without evidence", "It names no run, no host, or no toolspec."
            )


def _refused(path: tuple[str | int, ...], summary: str, remedy: str) -> Finding:
    return Finding(summary=summary, where=Where(field=".".join(str(part) for part in path) or None), remedy=remedy)
