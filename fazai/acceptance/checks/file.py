"""A file is there, or is not; with this content, owner, mode and size."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from fazai.acceptance.check import CHECKS, Check
from fazai.expression import has_expression
from fazai.task import Task
from fazai.text import AbsolutePath, Mode, Text, UnixName, Whole


def _plain_glob(path: str) -> str:
    if has_expression(path):
        raise ValueError("is written out: a pattern holds no expression")
    if any(mark in path for mark in "[]{}\\"):
        raise ValueError("knows only the marks * and ?")
    if not set("*?") & set(path):
        raise ValueError("has no * or ?: write it as path")
    if set("*?") & set(path.split("/")[1]):
        raise ValueError("begins with a directory that is written out")
    return path


PathGlob = Annotated[AbsolutePath, AfterValidator(_plain_glob)]


@CHECKS.register
class FileState(Check):
    """A path, or at least one file that a pattern matches, is as described; or none is there. A pattern matches no links."""

    kind: ClassVar[str] = "file"

    path: AbsolutePath | None = None
    path_glob: PathGlob | None = Field(default=None, description="A path with * or ?, as in /etc/postgresql/*/main/pg_hba.conf")
    state: Literal["present", "absent"] = "present"
    contains: Text | None = Field(default=None, description="Text that stands in the file, as it is")
    owner: UnixName | None = None
    mode: Mode | None = Field(default=None, description='Octal, in quotes: "0644"')
    min_size: Whole | None = Field(default=None, description="In bytes")

    @model_validator(mode="after")
    def _fits(self) -> FileState:
        if (self.path is None) == (self.path_glob is None):
            raise ValueError("say path or path_glob, one of the two")
        described = (self.contains, self.owner, self.mode, self.min_size)
        if self.state == "absent" and any(value is not None for value in described):
            raise ValueError("an absent file has no content, owner, mode or size")
        return self

    def title(self) -> str:
        """File is as wanted: /etc/motd."""
        return f"File is {'as wanted' if self.state == 'present' else 'absent'}: {self.path or self.path_glob}"

    def tasks(self) -> Sequence[Task]:
        """`stat` for one path, and `find` where content or a pattern is looked for: it shows no content."""
        if self.path is None:
            return [self._find(str(self.path_glob))]
        stat = self._stat(self.path)
        return [stat] if self.contains is None else [stat, self._real_path(self.path), self._content(self.path)]

    def _stat(self, path: str) -> Task:
        wanted, failing = self._described("probe.stat.")
        present = " or ".join(["not probe.stat.exists", *failing])
        return Task(
            name=self.title(),
            module="ansible.builtin.stat",
            args={"path": path, "follow": True, "checksum_algorithm": "sha256"},
            register="probe",
            variables=wanted,
            failed_when=f"probe is failed or {present if self.state == 'present' else 'probe.stat.exists'}",
        )

    def _described(self, prefix: str) -> tuple[dict[str, Any], list[str]]:
        wanted: dict[str, Any] = {}
        failing: list[str] = []
        if self.owner is not None:
            wanted["wanted_owner"] = self.owner
            failing.append(f"{prefix}pw_name | default('') != wanted_owner")
        if self.mode is not None:
            wanted["wanted_mode"] = _four_digits(self.mode)
            failing.append(f"{prefix}mode != wanted_mode")
        if self.min_size is not None:
            wanted["wanted_size"] = self.min_size
            failing.append(f"{prefix}size < wanted_size | int")
        return wanted, failing

    @staticmethod
    def _real_path(path: str) -> Task:
        """`find` leaves links out, so one is followed here."""
        args = {"path": path, "follow": False, "get_checksum": False}
        return Task(name=f"Follow {path}", module="ansible.builtin.stat", args=args, register="probe")

    def _content(self, path: str) -> Task:
        return Task(
            name=f"Content is as wanted: {path}",
            module="ansible.builtin.find",
            args={
                "paths": ["{{ probe.stat.lnk_source | default(wanted_path) | dirname }}"],
                "patterns": ["^{{ probe.stat.lnk_source | default(wanted_path) | basename | regex_escape }}$"],
                "use_regex": True,
                **self._find_args(),
            },
            register="probe",
            variables={**self._content_variable(), "wanted_path": path},
            failed_when="probe is failed or probe.matched == 0",
        )

    def _find_args(self) -> dict[str, Any]:
        args: dict[str, Any] = {"file_type": "file", "hidden": True}  # `hidden` finds names that begin with a dot
        if self.contains is not None:
            args |= {"contains": "{{ wanted_content | regex_escape }}", "read_whole_file": True}
        return args

    def _content_variable(self) -> dict[str, Any]:
        return {} if self.contains is None else {"wanted_content": self.contains}

    def _find(self, pattern: str) -> Task:
        """`find` matches names alone, so the whole path is matched once more on what it found."""
        parts = pattern.split("/")
        literal = next(i for i, part in enumerate(parts) if set("*?") & set(part))
        variables = {"wanted_path": _regex_of(pattern), **self._content_variable()}
        kept = "probe.files | selectattr('path', 'match', wanted_path)"
        if self.owner is not None:
            variables["wanted_owner"] = self.owner
            kept += " | selectattr('pw_name', 'eq', wanted_owner)"
        if self.mode is not None:
            variables["wanted_mode"] = _four_digits(self.mode)
            kept += " | selectattr('mode', 'eq', wanted_mode)"
        if self.min_size is not None:
            variables["wanted_size"] = self.min_size
            kept += " | selectattr('size', 'ge', wanted_size | int)"
        expected = "== 0" if self.state == "present" else "> 0"
        return Task(
            name=self.title(),
            module="ansible.builtin.find",
            args={
                "paths": ["/".join(parts[:literal])],
                "patterns": [parts[-1]],
                "recurse": True,
                "depth": len(parts) - literal,
                "get_checksum": True,
                "checksum_algorithm": "sha256",
                **self._find_args(),
            },
            register="probe",
            variables=variables,
            failed_when=f"probe is failed or {kept} | list | length {expected}",
        )

    def observation(self, result: Mapping[str, Any]) -> Any:
        """What identifies each file: whether it is there, its content's checksum, its mode and owner."""
        if "files" in result:
            pattern = re.compile(_regex_of(str(self.path_glob)))
            found = (item for item in result["files"] if pattern.match(str(item.get("path"))))
            return {str(item["path"]): _seen(item) for item in sorted(found, key=lambda item: str(item["path"]))}
        stat = result.get("stat") or {}
        return {"exists": bool(stat.get("exists")), **_seen(stat)}


def _seen(stat: Mapping[str, Any]) -> dict[str, Any]:
    return {name: stat.get(name) for name in ("checksum", "mode", "pw_name")}


def _four_digits(mode: str) -> str:
    return mode if has_expression(mode) else mode.zfill(4)


def _regex_of(pattern: str) -> str:
    """The pattern as a regular expression in which a mark stays within its directory."""
    marks = {"*": "[^/]*", "?": "[^/]"}
    return "^" + "".join(marks.get(char, re.escape(char)) for char in pattern) + "$"
