"""The environment ansible-playbook runs in: the user's, but for what would change what a run means or tells."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PLUGINS: Final = Path(__file__).parent / "plugins" / "callback"

# How to reach hosts, become root, open vaults and find collections is the user's affair. Everything else of
# Ansible's (strategy, callbacks, tags, forks, verbosity ...) would change what a run does or tells behind the plan's back.
_KEPT_PREFIXES: Final = (
    "ANSIBLE_BECOME", "ANSIBLE_SSH_", "ANSIBLE_SCP_", "ANSIBLE_SFTP_", "ANSIBLE_PARAMIKO_", "ANSIBLE_PERSISTENT_",
    "ANSIBLE_VAULT_", "ANSIBLE_COLLECTIONS_", "ANSIBLE_CONNECTION_", "ANSIBLE_HOST_KEY_", "ANSIBLE_GALAXY_",
    "ANSIBLE_INVENTORY_", "ANSIBLE_REMOTE_", "ANSIBLE_PODMAN_", "ANSIBLE_DOCKER_", "ANSIBLE_HTTPAPI_", "ANSIBLE_LOOKUP_",
    "ANSIBLE_HASHI_",
)  # fmt: skip
_KEPT: Final = frozenset({
    "ANSIBLE_CONFIG", "ANSIBLE_HOME", "ANSIBLE_PRIVATE_KEY_FILE", "ANSIBLE_PYTHON_INTERPRETER", "ANSIBLE_TIMEOUT",
    "ANSIBLE_TRANSPORT", "ANSIBLE_EXECUTABLE", "ANSIBLE_ROLES_PATH", "ANSIBLE_LIBRARY", "ANSIBLE_FILTER_PLUGINS",
    "ANSIBLE_ASK_PASS", "ANSIBLE_LIBVIRT_LXC_NOSECLABEL", "ANSIBLE_NETCONF_SSH_CONFIG", "ANSIBLE_USE_PERSISTENT_CONNECTIONS",
})  # fmt: skip
# ansible-runner's callback reads these; JOB_ID, which many build systems set, must even be a number.
_DROPPED: Final = frozenset({"JOB_ID", "AD_HOC_COMMAND_ID", "PROJECT_UPDATE_ID", "MAX_EVENT_RES", "ORIGINAL_STDOUT_CALLBACK"})
_DROPPED_PREFIXES: Final = ("AWX_", "RUNNER_", "LC_")
# sockaddr_un holds 108 bytes; ssh adds a name of Ansible's (10) and a random suffix (17) of its own while it connects.
_LONGEST_SOCKET_DIRECTORY: Final = 78
_ROLES: Final = "~/.ansible/roles:/usr/share/ansible/roles:/etc/ansible/roles"

_SETTINGS: Final[dict[str, str]] = {
    "ANSIBLE_ANY_ERRORS_FATAL": "False",
    "ANSIBLE_CACHE_PLUGIN": "memory",
    "ANSIBLE_DEBUG": "False",
    "ANSIBLE_DEPRECATION_WARNINGS": "False",
    "ANSIBLE_DISPLAY_ARGS_TO_STDOUT": "False",
    "ANSIBLE_ENABLE_TASK_DEBUGGER": "False",
    "ANSIBLE_FORCE_COLOR": "False",
    "ANSIBLE_FORCE_HANDLERS": "False",
    "ANSIBLE_GATHERING": "implicit",
    "ANSIBLE_HOST_PATTERN_MISMATCH": "warning",
    "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "True",
    "ANSIBLE_INVENTORY_UNPARSED_WARNING": "False",
    "ANSIBLE_KEEP_REMOTE_FILES": "False",
    "ANSIBLE_LOCALHOST_WARNING": "False",
    # A log of the user's would hold what passes between us and Ansible: results as they are before we cut them down.
    "ANSIBLE_LOG_PATH": os.devnull,
    "ANSIBLE_NOCOLOR": "True",
    "ANSIBLE_NOCOWS": "True",
    "ANSIBLE_PIPELINING": "True",
    "ANSIBLE_RETRY_FILES_ENABLED": "False",
    # Tags that ansible.cfg asks for would leave tasks out, all of them perhaps.
    "ANSIBLE_RUN_TAGS": "all",
    "ANSIBLE_SKIP_TAGS": "",
    "ANSIBLE_STRATEGY": "ansible.builtin.linear",
    "ANSIBLE_VERBOSITY": "0",
    # Ansible insists on UTF-8, and messages that we recognise must be in English.
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
}


def kept(inherited: Mapping[str, str]) -> dict[str, str]:
    """What is taken over from the user's environment."""
    return {
        name: value
        for name, value in inherited.items()
        if name not in _DROPPED
        and not name.startswith(_DROPPED_PREFIXES)
        and (not name.startswith("ANSIBLE_") or name in _KEPT or name.startswith(_KEPT_PREFIXES))
    }


def settings(inherited: Mapping[str, str], extra: Mapping[str, str], *, bin_directory: Path) -> dict[str, str]:
    """The environment of any of Ansible's programs."""
    taken = kept(inherited) | dict(extra) | _SETTINGS
    taken["PATH"] = os.pathsep.join([str(bin_directory), taken.get("PATH", os.defpath)])
    return taken


def playbook_settings(
    inherited: Mapping[str, str], extra: Mapping[str, str], *, bin_directory: Path, tree: Path, private: Path, callbacks: Path
) -> dict[str, str]:
    """The environment of ansible-playbook under ansible-runner, whose own callbacks lie in `callbacks`.

    Local temporary files (texts of templates, contents to copy) go to `private` as well: it is in memory where it can be.
    """
    taken = settings(inherited, extra, bin_directory=bin_directory) | _own_connections(private)
    roles = taken.get("ANSIBLE_ROLES_PATH", _ROLES)
    return taken | {
        "ANSIBLE_CALLBACK_PLUGINS": f"{PLUGINS}:{callbacks}",
        # None may listen besides. An empty list is not understood; this one prints to a terminal, and there is one already.
        "ANSIBLE_CALLBACKS_ENABLED": "ansible.builtin.minimal",
        "ANSIBLE_LOCAL_TEMP": str(private / "tmp"),
        "ANSIBLE_ROLES_PATH": f"{tree / 'roles'}:{roles}",
        "ANSIBLE_STDOUT_CALLBACK": "awx_display",
        "ORIGINAL_STDOUT_CALLBACK": "fazai_plain",
        # Above this many characters ansible-runner drops a result whole, `changed` included; we cut it ourselves.
        "MAX_EVENT_RES": "100000000",
    }


def _own_connections(private: Path) -> dict[str, str]:
    """Sockets of ssh's kept connections of this run alone, where their path is short enough for one.

    A connection kept from an earlier run would go on where a new login is refused: a second run that does not log in anew
    cannot show that an administrator still gets in.
    """
    sockets = str(private / "cp")
    return {"ANSIBLE_SSH_CONTROL_PATH_DIR": sockets} if len(sockets) <= _LONGEST_SOCKET_DIRECTORY else {}
