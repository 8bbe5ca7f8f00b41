"""What is said where hosts cannot be made."""

import pytest

from tests.hosts import Unavailable, machine


def test_a_plain_user_is_told_that_hosts_need_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(Unavailable, match=r"^systemd hosts need root$"):
        machine.require()


def test_missing_packages_are_named_not_installed_on_a_persons_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(machine, "NEEDS", {"podman": ("/nowhere/podman",), "zstd": ("/",)})
    with pytest.raises(Unavailable, match=r"^not installed: podman \("):
        machine.require()


def test_only_the_runtime_in_use_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "NEEDS", {"runc": ("/nowhere",), "crun": ("/nowhere",)})
    assert machine.missing() == [machine.runtime()]


@pytest.mark.parametrize(
    ("output", "line"),
    [("one\n two \n\n", "two"), ("", "no output")],
    ids=["the last that says something", "nothing said"],
)
def test_the_last_line_is_taken_for_the_reason(output: str, line: str) -> None:
    assert machine.last_line(output) == line


@pytest.mark.parametrize(("value", "watched"), [("true", True), ("1", True), ("false", False), ("", False)])
def test_ci_is_what_the_variable_says(monkeypatch: pytest.MonkeyPatch, value: str, watched: bool) -> None:
    monkeypatch.setenv("CI", value)
    assert machine.in_ci() is watched
