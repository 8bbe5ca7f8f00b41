"""Looks at this machine: Python, Ansible and its collections, ssh, the locale, the knowledge base's library."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import json
import locale
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path

from fazai.check import collection_paths
from fazai.cli.views import Checkup

_OLDEST = (3, 11)
_CORE = ("2", "19")
_REINSTALL = "Install FazAI with its dependencies into one environment: pip install --force-reinstall fazai"


def python() -> Checkup:
    """The interpreter that runs FazAI."""
    have = platform.python_version()
    if sys.version_info < _OLDEST:
        return Checkup(name="python", state="error", text=have, remedy="FazAI needs Python 3.11 or newer.")
    return Checkup(name="python", state="ok", text=f"{have}  {sys.executable}")


def ansible_core() -> Checkup:
    """The version that FazAI was proved with."""
    try:
        have = importlib.metadata.version("ansible-core")
    except importlib.metadata.PackageNotFoundError:
        return Checkup(name="ansible-core", state="error", text="not installed beside FazAI", remedy=_REINSTALL)
    if tuple(have.split(".")[:2]) != _CORE:
        wanted = ".".join(_CORE)
        return Checkup(name="ansible-core", state="warning", text=have, remedy=f"FazAI is proved with ansible-core {wanted}.")
    return Checkup(name="ansible-core", state="ok", text=have)


def ansible_playbook() -> Checkup:
    """The program itself, in FazAI's own environment: another one's could not load our callback."""
    directories = dict.fromkeys((Path(sys.executable).parent, Path(sysconfig.get_path("scripts"))))
    found = next((one / "ansible-playbook" for one in directories if os.access(one / "ansible-playbook", os.X_OK)), None)
    if found is None:
        return Checkup(name="ansible-playbook", state="error", text="not beside FazAI's interpreter", remedy=_REINSTALL)
    return Checkup(name="ansible-playbook", state="ok", text=str(found))


def ansible_runner() -> Checkup:
    """The library that runs it."""
    return _library("ansible-runner", "ansible_runner", load=False)


def chromadb(*, deep: bool) -> Checkup:
    """The library of the knowledge base; loaded only when asked, since that takes a second."""
    return _library("chromadb", "chromadb", load=deep)


def collections() -> Checkup:
    """What Ansible finds; which of them a plan needs is said when it is planned."""
    found: dict[str, str] = {}
    for path in collection_paths():
        for manifest in sorted((path / "ansible_collections").glob("*/*/MANIFEST.json")):
            found.setdefault(f"{manifest.parent.parent.name}.{manifest.parent.name}", _version(manifest))
    if not found:
        remedy = "A plan that needs one says so, and how to get it. All the usual ones: pip install 'fazai[collections]'"
        return Checkup(name="collections", state="warning", text="none found", remedy=remedy)
    usual = [f"{name} {found[name]}" for name in ("ansible.posix", "community.general", "community.postgresql") if name in found]
    return Checkup(
        name="collections", state="ok", text=f"{len(found)} found" + (f", among them {', '.join(usual)}" if usual else "")
    )


def ssh() -> Checkup:
    """The client that Ansible connects with."""
    program = shutil.which("ssh")
    if program is None:
        return Checkup(
            name="ssh", state="warning", text="no ssh client", remedy="Install openssh-client, unless all hosts are local."
        )
    said = subprocess.run([program, "-V"], capture_output=True, text=True, errors="replace", check=False, timeout=10)  # noqa: S603
    return Checkup(name="ssh", state="ok", text=(said.stderr or said.stdout).strip().partition(",")[0])


def utf8() -> Checkup:
    """Ansible refuses to start in a locale that is not UTF-8."""
    encoding = locale.getpreferredencoding(do_setlocale=False)
    said = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or "none set"
    if encoding.casefold().replace("-", "") == "utf8":
        return Checkup(name="locale", state="ok", text=f"{said}, UTF-8")
    return Checkup(name="locale", state="error", text=f"{said}, {encoding}", remedy="Set a UTF-8 locale: export LC_ALL=C.UTF-8")


def _library(name: str, module: str, *, load: bool) -> Checkup:
    if importlib.util.find_spec(module) is None:
        return Checkup(name=name, state="error", text="not installed beside FazAI", remedy=_REINSTALL)
    if load:
        try:
            importlib.import_module(module)
        except Exception as error:  # noqa: BLE001 -- whatever a library throws when it is broken
            return Checkup(name=name, state="error", text=f"cannot be loaded: {error}", remedy=_REINSTALL)
    return Checkup(name=name, state="ok", text=importlib.metadata.version(name) + (", loads" if load else ""))


def _version(manifest: Path) -> str:
    try:
        return str(json.loads(manifest.read_text(encoding="utf-8"))["collection_info"]["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return "of unknown version"


def machine_looks(*, deep: bool) -> Mapping[str, Callable[[], Checkup]]:
    """Every look, by the name of its line."""
    return {
        "python": python,
        "ansible-core": ansible_core,
        "ansible-playbook": ansible_playbook,
        "ansible-runner": ansible_runner,
        "collections": collections,
        "ssh": ssh,
        "locale": utf8,
        "chromadb": lambda: chromadb(deep=deep),
    }
