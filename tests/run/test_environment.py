from __future__ import annotations

import os
from pathlib import Path

import pytest

from fazai.run._environment import kept, playbook_settings

BIN = Path("/venv/bin")


def settings(inherited: dict[str, str], extra: dict[str, str] | None = None) -> dict[str, str]:
    return playbook_settings(
        inherited, extra or {}, bin_directory=BIN, tree=Path("/tree"), private=Path("/private"), callbacks=Path("/runner")
    )


@pytest.mark.parametrize(
    "name",
    [
        "ANSIBLE_PRIVATE_KEY_FILE",
        "ANSIBLE_HOST_KEY_CHECKING",
        "ANSIBLE_SSH_ARGS",
        "ANSIBLE_REMOTE_USER",
        "ANSIBLE_BECOME_PASSWORD_FILE",
        "ANSIBLE_VAULT_PASSWORD_FILE",
        "ANSIBLE_COLLECTIONS_PATH",
        "ANSIBLE_CONFIG",
        "SSH_AUTH_SOCK",
        "HOME",
    ],
)
def test_how_to_reach_hosts_is_the_users_affair(name: str) -> None:
    assert settings({name: "theirs"})[name] == "theirs"


@pytest.mark.parametrize(
    "name",
    [
        "ANSIBLE_FORKS",
        "ANSIBLE_CHECK_MODE_MARKERS",
        "ANSIBLE_HASH_BEHAVIOUR",
        "ANSIBLE_STRATEGY_PLUGINS",
        "ANSIBLE_INVENTORY",
        "JOB_ID",
        "AD_HOC_COMMAND_ID",
        "AWX_LIB_DIRECTORY",
        "LC_MESSAGES",
    ],
)
def test_what_would_change_the_meaning_of_a_run_is_left_behind(name: str) -> None:
    assert name not in settings({name: "theirs"})


def test_what_runs_tells_it_our_way_whatever_was_set() -> None:
    ours = settings({"ANSIBLE_STRATEGY": "free", "ANSIBLE_STDOUT_CALLBACK": "yaml"}, {"ANSIBLE_FORCE_COLOR": "1"})
    assert ours["ANSIBLE_STRATEGY"] == "ansible.builtin.linear"
    assert (ours["ANSIBLE_RUN_TAGS"], ours["ANSIBLE_SKIP_TAGS"], ours["ANSIBLE_LOG_PATH"]) == ("all", "", os.devnull)
    assert ours["ANSIBLE_STDOUT_CALLBACK"] == "awx_display"
    assert ours["ANSIBLE_FORCE_COLOR"] == "False"


def test_the_checking_of_host_keys_is_not_decided_here() -> None:
    assert "ANSIBLE_HOST_KEY_CHECKING" not in settings({})


def test_a_jobs_own_variables_come_over_the_users() -> None:
    assert settings({"TOKEN": "old"}, {"TOKEN": "new"})["TOKEN"] == "new"


def test_roles_of_the_tree_come_first() -> None:
    assert settings({"ANSIBLE_ROLES_PATH": "/mine"})["ANSIBLE_ROLES_PATH"] == "/tree/roles:/mine"
    assert settings({})["ANSIBLE_ROLES_PATH"].startswith("/tree/roles:~/.ansible/roles:")


def test_our_own_programs_come_first() -> None:
    assert settings({"PATH": "/usr/bin"})["PATH"] == "/venv/bin:/usr/bin"


def test_other_variables_are_kept() -> None:
    assert kept({"LANGUAGE_SERVER": "1", "HTTP_PROXY": "p"}) == {"LANGUAGE_SERVER": "1", "HTTP_PROXY": "p"}


def test_a_run_logs_in_anew_and_shares_no_kept_connection(tmp_path: Path) -> None:
    private = Path("/dev/shm/fazai-run-x")
    taken = playbook_settings({}, {}, bin_directory=tmp_path, tree=tmp_path, private=private, callbacks=tmp_path)
    assert taken["ANSIBLE_SSH_CONTROL_PATH_DIR"].startswith(str(private))


def test_a_path_too_long_for_a_socket_is_left_to_ansible(tmp_path: Path) -> None:
    private = Path("/var/lib") / ("x" * 100)
    taken = playbook_settings({}, {}, bin_directory=tmp_path, tree=tmp_path, private=private, callbacks=tmp_path)
    assert "ANSIBLE_SSH_CONTROL_PATH_DIR" not in taken
