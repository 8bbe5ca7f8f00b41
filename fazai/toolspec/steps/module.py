"""Any module of an installed collection, by its full name.

What has a step kind of its own is refused here: that kind knows the risks and what to restore, this one cannot. So are modules
that run text in a shell, read or write files of the controller, or steer the play.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Final

from pydantic import AfterValidator, Field

from fazai.expression import looks_like_jinja
from fazai.task import Task
from fazai.text import Condition, ModuleName, UnixName, form
from fazai.toolspec.step import ANYTHING, STEPS, Danger, Prediction, Resource, Risk, RiskLevel, Step, Undo
from fazai.toolspec.steps._paths import removing_risks, writing_risks

# Module -> the step kind that knows what it does.
_HAS_A_KIND: Final[Mapping[str, str]] = {
    "ansible.builtin.apt": "package", "ansible.builtin.dnf": "package", "ansible.builtin.dnf5": "package",
    "ansible.builtin.yum": "package", "ansible.builtin.package": "package", "ansible.builtin.service": "service",
    "ansible.builtin.systemd": "service or systemd_unit", "ansible.builtin.systemd_service": "service or systemd_unit",
    "ansible.builtin.sysvinit": "service", "ansible.builtin.copy": "file", "ansible.builtin.file": "file or directory",
    "ansible.builtin.template": "template", "ansible.builtin.lineinfile": "line", "ansible.builtin.blockinfile": "block",
    "ansible.builtin.user": "user", "ansible.builtin.group": "group", "ansible.builtin.cron": "cron",
    "ansible.posix.authorized_key": "authorized_key", "ansible.builtin.command": "command",
}  # fmt: skip
_SHELL: Final = frozenset({"raw", "script", "shell", "expect", "command", "win_command", "win_shell", "docker_container_exec"})
_CONTROLLER: Final = frozenset({"assemble", "fetch", "include_vars", "synchronize", "unarchive"})
_STEERING: Final = frozenset(
    {
        "add_host", "assert", "async_status", "async_wrapper", "debug", "fail", "gather_facts", "group_by", "import_playbook",
        "import_role", "import_tasks", "include", "include_role", "include_tasks", "meta", "pause", "set_fact", "set_stats",
        "validate_argument_spec", "wait_for_connection",
    }
)  # fmt: skip
_LOCKS_OUT: Final = ("firewall", "iptables", "ufw", "nftables", "nmcli", "interfaces_file", "sudoers", "pam", "selinux", "seport",
                     "reboot", "shutdown", "sefcontext", "hostname", "net_tools", "netplan")  # fmt: skip
_LOSES_DATA: Final = ("filesystem", "parted", "lvol", "lvg", "zfs", "zpool", "luks", "btrfs")


def _allowed(name: str) -> str:
    kind = _HAS_A_KIND.get(name)
    if kind is not None:
        raise ValueError(f"has a step kind of its own: use {kind}")
    collection, _, short = name.rpartition(".")
    if collection == "ansible.legacy":
        raise ValueError("is another name of ansible.builtin: write that")
    if short in _SHELL:
        raise ValueError("runs text as a command: use the step kind command, with argv")
    if collection == "ansible.builtin" and short in _STEERING:
        raise ValueError("steers the play instead of changing a host")
    if short in _CONTROLLER:
        raise ValueError("reads or writes files of the controller")
    return name


def _plain_keys(args: Mapping[str, Any]) -> Mapping[str, Any]:
    for key, value in _pairs(args):
        if looks_like_jinja(key):
            raise ValueError(f'the name "{key}" must not hold an expression')
        if value is None:
            raise ValueError(f'"{key}" has no value: leave it out')
    return args


def _pairs(value: Any) -> list[tuple[str, Any]]:
    match value:
        case Mapping():
            return [found for key, item in value.items() for found in ((str(key), item), *_pairs(item))]
        case list() | tuple():
            return [found for item in value for found in _pairs(item)]
        case _:
            return []


ArgumentName = Annotated[str, AfterValidator(form(r"[A-Za-z_][A-Za-z0-9_-]*", "the name of a module's argument"))]
Arguments = Annotated[Mapping[ArgumentName, Any], AfterValidator(_plain_keys)]


@STEPS.register
class Module(Step):
    """Run a module with these arguments."""

    kind: ClassVar[str] = "module"
    prediction: ClassVar[Prediction] = Prediction.AFTER_NEEDS

    name: Annotated[ModuleName, AfterValidator(_allowed)] = Field(
        description="Full name, as in community.postgresql.postgresql_db"
    )
    args: Arguments = Field(default_factory=dict, description="Its arguments; `ansible-doc NAME` lists them")
    become_user: UnixName | None = Field(default=None, description="Run as this user instead of root")
    changed_when: Condition | bool | None = Field(
        default=None, description="When it has changed something, if the module cannot say: false, or a condition on `result`"
    )
    check_mode_support: bool = Field(default=True, description="Whether check mode can predict it, as its documentation says")

    def conditions(self) -> list[tuple[tuple[str | int, ...], str]]:
        """`changed_when`, where it is one."""
        return [(("changed_when",), self.changed_when)] if isinstance(self.changed_when, str) else []

    def predicted(self) -> Prediction:
        """As its documentation says."""
        return Prediction.AFTER_NEEDS if self.check_mode_support else Prediction.NEVER

    def default_title(self) -> str:
        """Set postgresql_db agents."""
        verb = "Remove" if self.args.get("state") == "absent" else "Set"
        what = self.args.get("name")
        return f"{verb} {self.name.rpartition('.')[2]}" + (f" {what}" if isinstance(what, str) else "")

    def tasks(self) -> Sequence[Task]:
        """One task."""
        return [
            Task(
                name=self.heading,
                module=self.name,
                args=dict(self.args),
                become_user=self.become_user,
                register="result" if isinstance(self.changed_when, str) else None,
                changed_when=self.changed_when,
            )
        ]

    def _path(self) -> str | None:
        return next((str(self.args[name]) for name in ("path", "dest") if isinstance(self.args.get(name), str)), None)

    def touches(self) -> tuple[Resource, ...]:
        """The path it names, or nobody can say."""
        path = self._path()
        return (Resource("path", path),) if path else (ANYTHING,)

    def needs(self) -> tuple[Resource, ...]:
        """Whatever came before: nobody can say."""
        users = (Resource("user", self.become_user),) if self.become_user else ()
        return (*users, ANYTHING)

    def provides(self) -> tuple[Resource, ...]:
        """Nobody can say."""
        return (*self.touches(), ANYTHING)

    def undo(self) -> Undo:
        """The path it names comes back; anything else does not."""
        if (path := self._path()) is not None:
            return Undo(how="the path that it names comes back from the before-image", restores=(Resource("path", path),))
        return Undo(how="what this module did cannot be taken back by rule", possible=False)

    def risks(self) -> tuple[Risk, ...]:
        """By the module's name, its path and its state."""
        short, high = self.name.rpartition(".")[2], RiskLevel.HIGH
        path = self._path()
        absent = str(self.args.get("state", "")) in {"absent", "removed", "cleared", "reset", "purged"}
        found = list(removing_risks(path) if absent else writing_risks(path)) if path else []
        if (absent or any(mark in short for mark in _LOSES_DATA)) and not any(risk.danger is Danger.DATA_LOSS for risk in found):
            found.append(Risk(level=high, reason=f"removes what {short} names", danger=Danger.DATA_LOSS))
        if any(mark in short for mark in _LOCKS_OUT):
            found.append(Risk(level=high, reason=f"runs {short}, which can cut the host off", danger=Danger.LOCK_OUT))
        return tuple(found) or (Risk(level=RiskLevel.MEDIUM, reason=f"runs {short}, whose doing nobody can judge"),)
