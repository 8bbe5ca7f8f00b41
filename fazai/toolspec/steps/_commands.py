"""Which commands a step may be, and how dangerous they are, by rule."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import Final

from fazai.toolspec.step import Danger, Risk, RiskLevel

_SHELLS: Final = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh", "fish", "busybox", "csh", "tcsh", "rbash"})
_EVALUATORS: Final = frozenset({"eval", "source", "."})
# Programs that another step kind does better: it knows what it touches, and check mode can predict it.
_BETTER: Final[Mapping[str, str]] = {
    "apt": "package", "apt-get": "package", "aptitude": "package", "dnf": "package", "yum": "package", "dpkg": "package",
    "rpm": "package", "chkconfig": "service", "service": "service", "systemctl": "service", "sed": "line or template",
    "useradd": "user", "adduser": "user", "usermod": "user", "userdel": "user", "deluser": "user", "groupadd": "group",
    "groupdel": "group", "crontab": "cron", "mkdir": "directory", "chmod": "file or directory", "chown": "file or directory",
    "ln": "file", "tee": "file", "cp": "file or template", "mktemp": "file", "mount": "module (ansible.posix.mount)",
    "umount": "module (ansible.posix.mount)", "git": "module (ansible.builtin.git)", "hg": "module (community.general.hg)",
    "svn": "module (ansible.builtin.subversion)", "tar": "module (ansible.builtin.unarchive)",
    "unzip": "module (ansible.builtin.unarchive)", "curl": "module (ansible.builtin.get_url)",
    "wget": "module (ansible.builtin.get_url)", "patch": "module (ansible.posix.patch)", "rsync": "file or template",
    "letsencrypt": "module (community.crypto.acme_certificate)",
    "supervisorctl": "module (community.general.supervisorctl)",
}  # fmt: skip
_ALLOWED_FORMS: Final[Mapping[str, frozenset[str]]] = {
    "systemctl": frozenset({"kill", "reset-failed", "set-default", "set-property", "set-environment", "unset-environment"})
}
_LOSES_DATA: Final = re.compile(
    r"rm|rmdir|shred|truncate|dd|wipefs|mkswap|mkfs(\..+)?|parted|fdisk|sfdisk|sgdisk|cfdisk|blkdiscard|lvremove|vgremove|pvremove|"
    r"lvreduce|cryptsetup|mdadm|zpool|zfs|btrfs|dropdb|dropuser|pg_dropcluster|unlink|srm"
)
_LOCKS_OUT: Final = re.compile(
    r"iptables(-.+)?|ip6tables(-.+)?|nft|ufw|firewall-cmd|ip|ifconfig|ifdown|ifup|route|nmcli|netplan|passwd|chpasswd|chage|visudo|"
    r"shutdown|reboot|poweroff|halt|init|telinit|kill|killall|pkill|chattr|setenforce|grub-install|update-grub|kexec|hostnamectl"
)
_SAYS_DESTROY: Final = re.compile(
    r"\b(drop|truncate|delete|flushall|flushdb|purge|destroy)\b|--delete\b|--force-remove\b", re.IGNORECASE
)


def judge_argv(argv: tuple[str, ...]) -> tuple[str, ...]:
    """A validator: words of one program that is no shell, and for which there is no better kind."""
    if not argv or not argv[0].strip():
        raise ValueError("name the program and its arguments, each as a word of its own")
    if any(char.isspace() for char in argv[0]) and "{{" not in argv[0]:
        raise ValueError("the first word is the program alone; write each argument as a word of its own")
    names = [posixpath.basename(word) for word in argv]
    for i, name in enumerate(names):
        if name in _SHELLS and (i == 0 or _runs_its_arguments(names[:i])) and _is_inline(argv[i + 1 :]):
            raise ValueError("a shell is not allowed: write the program and its arguments, or a script as a file")
    if names[0] in _EVALUATORS:
        raise ValueError("a shell is not allowed: write the program and its arguments, or a script as a file")
    better = _BETTER.get(names[0])
    if better is not None and not (len(argv) > 1 and argv[1] in _ALLOWED_FORMS.get(names[0], ())):
        raise ValueError(f'use the step kind {better} instead of the program "{names[0]}"')
    return argv


def _runs_its_arguments(names: Sequence[str]) -> bool:
    """`sudo -u x bash -c ...`, `env A=b sh -c ...`: the shell is only dressed up."""
    return names[0] in {"env", "sudo", "doas", "nice", "ionice", "nohup", "timeout", "su", "runuser", "setsid", "xargs", "chroot",
                        "systemd-run", "time", "stdbuf", "flock", "watch", "unshare", "nsenter", "docker", "podman"}  # fmt: skip


def _is_inline(words: Sequence[str]) -> bool:
    """Whether a shell's options say that a text follows instead of a script."""
    for word in words:
        if not word.startswith(("-", "+")):
            return False
        if re.fullmatch(r"-[a-zA-Z]*c[a-zA-Z]*", word) or word == "--command":
            return True
    return False


def command_risks(argv: Sequence[str]) -> tuple[Risk, ...]:
    """By name of any word: what runs another program names it."""
    names = [posixpath.basename(str(word)) for word in argv]
    found: list[Risk] = []
    runs = names if _runs_its_arguments(names) else names[:1]
    losing = [name for name in runs if _LOSES_DATA.fullmatch(name)]
    if "find" in runs and {"-delete", "-exec", "-execdir", "-ok", "-okdir"} & set(argv):
        losing.append("find")
    if losing or any(_SAYS_DESTROY.search(str(word)) for word in argv[1:]):
        what = losing[0] if losing else names[0]
        found.append(Risk(level=RiskLevel.HIGH, reason=f"runs {what}, which can destroy data", danger=Danger.DATA_LOSS))
    locking = [name for name in runs if _LOCKS_OUT.fullmatch(name)]
    if locking:
        reason = f"runs {locking[0]}, which can cut the host off"
        found.append(Risk(level=RiskLevel.HIGH, reason=reason, danger=Danger.LOCK_OUT))
    return tuple(found) or (Risk(level=RiskLevel.MEDIUM, reason=f"runs {names[0]}, whose doing nobody can judge"),)
