"""What the kinds that write files share: who owns them, and which paths are dangerous to touch."""

from __future__ import annotations

import posixpath
from typing import Any

from pydantic import Field

from fazai.text import AbsolutePath, Mode, UnixName
from fazai.toolspec.step import Danger, Resource, Risk, RiskLevel, Step

# A fault in one of these can keep people, or the controller, out.
_LOCK_OUT = (
    "/etc/ssh/", "/etc/pam.d/", "/etc/sudoers", "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/network/",
    "/etc/netplan/", "/etc/systemd/network/", "/etc/NetworkManager/", "/etc/sysconfig/network", "/etc/nftables",
    "/etc/sysconfig/nftables", "/etc/iptables", "/etc/hosts.deny", "/etc/hosts.allow", "/etc/security/", "/root/.ssh/",
    "/etc/gshadow", "/etc/ufw/", "/etc/firewalld/", "/etc/nologin", "/etc/nsswitch.conf", "/etc/ld.so.preload",
    "/etc/systemd/system/ssh",
)  # fmt: skip
_BOOT = ("/etc/fstab", "/etc/default/grub", "/boot/", "/etc/crypttab", "/etc/initramfs-tools/")
_SYSTEM = ("/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib64", "/opt", "/proc", "/root", "/run", "/sbin",
           "/srv", "/sys", "/usr", "/var")  # fmt: skip


class PathStep(Step):
    """A step about one path."""

    path: AbsolutePath = Field(description="Where on the host")
    owner: UnixName | None = None
    group: UnixName | None = None
    mode: Mode | None = Field(default=None, description='Octal, in quotes: "0644"')

    def ownership(self) -> dict[str, Any]:
        """The arguments that say who owns the path, as far as given."""
        given = {"owner": self.owner, "group": self.group, "mode": self.mode}
        return {name: value for name, value in given.items() if value is not None}

    def touches(self) -> tuple[Resource, ...]:
        """The path."""
        return (Resource("path", self.path),)

    def needs(self) -> tuple[Resource, ...]:
        """The directory around it, and the names that shall own it."""
        owners = [Resource("user", self.owner)] if self.owner else []
        owners += [Resource("group", self.group)] if self.group else []
        return (Resource("path", parent(self.path)), *owners)


def parent(path: str) -> str:
    """The directory around a path, which may hold expressions."""
    return path.rstrip("/").rpartition("/")[0] or "/"


def plain(path: str) -> str:
    """The path as the kernel reads it: `//etc/./ssh/` is `/etc/ssh`."""
    return posixpath.normpath("/" + path.lstrip("/")) if path.startswith("/") else path


def owning_risks(path: str) -> tuple[Risk, ...]:
    """The risk of changing who may use the directory at `path`."""
    bare = plain(path)
    if bare == "/" or bare in _SYSTEM:
        return (Risk(level=RiskLevel.HIGH, reason=f"changes who may use {bare}", danger=Danger.LOCK_OUT),)
    return writing_risks(bare + "/")


def writing_risks(path: str) -> tuple[Risk, ...]:
    """The risk of writing or changing the file at `path`."""
    path = plain(path) + ("/" if path.endswith("/") else "")
    if path.startswith(_LOCK_OUT) or path.endswith("/.ssh/authorized_keys"):
        return (
            Risk(
                level=RiskLevel.HIGH,
                reason=f"changes {path}, which people log in through",
                danger=Danger.LOCK_OUT,
            ),
        )
    if path.startswith(_BOOT):
        return (
            Risk(
                level=RiskLevel.HIGH,
                reason=f"changes {path}, which the host starts from",
                danger=Danger.LOCK_OUT,
            ),
        )
    return ()


def removing_risks(path: str) -> tuple[Risk, ...]:
    """The risk of removing whatever is at `path`."""
    bare = plain(path)
    if bare == "/" or bare in _SYSTEM:
        return (
            Risk(
                level=RiskLevel.HIGH,
                reason=f"removes {bare}, a directory of the system",
                danger=Danger.DATA_LOSS,
            ),
        )
    return (
        *writing_risks(bare + "/"),
        Risk(level=RiskLevel.HIGH, reason=f"removes {path} and what is in it", danger=Danger.DATA_LOSS),
    )
