"""What the kinds that write systemd units share.

`systemd-analyze verify` tells a unit's type by its suffix, and Ansible's temporary file has none; `FILE:NAME.service` (systemd
250 and later: Debian 12, RHEL 9) reads the file as if it bore that name. `--recursive-errors=no` makes warnings about the file
itself count (unknown keys, a program that is not there), and nothing about the units it names.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from pydantic import AfterValidator

from fazai.task import Task
from fazai.text import form

SUFFIXES: Final = (".service", ".socket", ".timer", ".mount", ".automount", ".path", ".target", ".slice", ".swap")
# Only these are read in this directory by systemd itself.
DIRECTORY: Final = "/etc/systemd/system"
# Stopping or breaking one of these can cut the controller off.
LIFELINES: Final = frozenset(
    {"ssh", "sshd", "systemd-networkd", "networking", "NetworkManager", "systemd-resolved", "systemd-logind", "dbus"}
)


def _suffixed(name: str) -> str:
    if not name.endswith(SUFFIXES):
        raise ValueError(f"must end in one of {', '.join(SUFFIXES)}")
    return name


UnitFile = Annotated[
    str, AfterValidator(form(r"[A-Za-z0-9][A-Za-z0-9:_.@-]*", "a systemd unit name with its suffix")), AfterValidator(_suffixed)
]


def _plain_value(text: str) -> str:
    if text.endswith("\\") or "%" in _literal(text):
        raise ValueError("must not hold % or end in a backslash: both mean something to systemd")
    return text


def _word(text: str) -> str:
    if any(mark in _literal(text) for mark in '"\\%$'):
        raise ValueError('must not hold ", \\, % or $, which mean something to systemd: put such a command into a script')
    return text


def _literal(text: str) -> str:
    """The text without its expressions; their values are judged once they are known."""
    return re.sub(r"\{\{.*?\}\}", "", text)


# The value of one line of a unit file.
UnitValue = Annotated[str, AfterValidator(form(r".+", "a single line")), AfterValidator(_plain_value)]
# One word of a command line in a unit file, where it stands between double quotes.
UnitWord = Annotated[str, AfterValidator(form(r"[^\n]*", "a single line")), AfterValidator(_word)]


def validator(name: str) -> str:
    """The command that judges a unit file before it is put in place under `name`."""
    return f"systemd-analyze verify --man=no --recursive-errors=no %s:{name}"


def reload_task() -> Task:
    """systemd reads its unit files again; this is never reported as a change, and check mode leaves it out."""
    return Task(name="Read unit files again", module="ansible.builtin.systemd_service", args={"daemon_reload": True})


def state_task(heading: str, unit: str, state: str | None, *, enabled: bool | None) -> Task:
    """Read unit files again, then bring the unit into its state, now and at boot."""
    args: dict[str, Any] = {"name": unit, "daemon_reload": True}
    if enabled is not None:
        args["enabled"] = enabled
    if state is not None:
        args["state"] = state
    return Task(name=heading, module="ansible.builtin.systemd_service", args=args, tolerant_in_check_mode=True)


def stop_task(unit: str) -> Task:
    """Stop a unit and take it out of the boot; one that is not there is as it should be."""
    return Task(
        name=f"Stop and disable {unit}",
        module="ansible.builtin.systemd_service",
        args={"name": unit, "state": "stopped", "enabled": False},
        register="result",
        failed_when="result is failed and 'Could not find the requested service' not in result.msg",
    )
