"""The value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Platform(StrEnum):
    """A family of distributions, named as a toolspec names it. The value of `os_family` is its capitalised form."""

    DEBIAN = "debian"
    REDHAT = "redhat"

    @property
    def os_family(self) -> str:
        """What Ansible's `os_family` fact says on such a host."""
        return {"debian": "Debian", "redhat": "RedHat"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Loop:
    """One run of the task for each item of `over` (an expression); `label` is what is shown for an item."""

    over: str
    label: str = "{{ item }}"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One Ansible task.

    `args` are the module's arguments; text in them may hold expressions of the checked subset. `when`, `changed_when`
    and `failed_when` are bare conditions. `register` is a short name that other conditions of the same role may use
    (the renderer prefixes it); `variables` are the task's own `vars`, named in conditions so that no text is ever written
    into one. `platform` limits the task to one family. `tolerant_in_check_mode` lets a play go on when
    the task fails in check mode, because what it needs has only been predicted; the preview then says `unknown`.
    """

    name: str
    module: str
    args: Mapping[str, Any] = field(default_factory=dict)
    platform: Platform | None = None
    when: tuple[str, ...] = ()
    loop: Loop | None = None
    register: str | None = None
    changed_when: str | bool | None = None
    failed_when: str | bool | None = None
    notify: tuple[str, ...] = ()
    become_user: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    check_mode: bool | None = None
    no_log: bool = False
    diff: bool | None = None
    retries: int | None = None
    delay: int | None = None
    until: str | None = None
    tolerant_in_check_mode: bool = False
