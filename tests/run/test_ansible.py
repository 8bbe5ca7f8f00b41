"""The real runner, on this machine over the local connection."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fazai.diagnostic import FazaiError, UsageError
from fazai.outcome import Event, EventKind
from fazai.run import AnsibleRunner, Job, RememberedRunner
from tests.run import scenes
from tests.run.contract import RunnerContract, one

pytestmark = pytest.mark.io

SLEEPER = """
- name: Sleep
  ansible.builtin.command: {argv: [/bin/sleep, "SECONDS"]}
  changed_when: false
  check_mode: false
- name: Leave a trace
  ansible.builtin.copy: {content: "x", dest: "{{ target }}/trace", mode: "0644"}
"""


@pytest.fixture(autouse=True)
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where private directories are made, so that what is left behind can be seen."""
    path = tmp_path / "memory"
    path.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(path))
    return path


def sleeper(directory: Path) -> tuple[Job, str]:
    """A playbook that sleeps, with a number of seconds that no other process sleeps: it finds the process."""
    seconds = f"6{time.monotonic_ns() % 10**6:06}"
    return scenes.job(directory, SLEEPER.replace("SECONDS", seconds), check=False), seconds


def sleeping(seconds: str) -> bool:
    """Whether the module of that playbook runs."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes() == b"/bin/sleep\0" + seconds.encode() + b"\0":
                return True
        except OSError:
            continue
    return False


def comes_true(condition: Callable[[], bool], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    return list(AnsibleRunner().run(scenes.job(tmp_path_factory.mktemp("scene"))))


class TestAnsibleRunner(RunnerContract):
    @pytest.fixture
    def job(self, tmp_path: Path) -> Job:
        return scenes.job(tmp_path)

    @pytest.fixture
    def runner(self) -> AnsibleRunner:
        return AnsibleRunner()


def test_the_recording_is_what_ansible_says_today(tmp_path: Path) -> None:
    assert scenes.played(tmp_path) == list(RememberedRunner(scenes.recording()).run(scenes.job(tmp_path)))


def test_check_mode_writes_nothing(tmp_path: Path, memory: Path) -> None:
    list(AnsibleRunner().run(scenes.job(tmp_path)))
    assert list((tmp_path / "target").iterdir()) == []
    assert list(memory.iterdir()) == []


def test_outside_check_mode_it_writes_and_ignores_nothing(tmp_path: Path) -> None:
    events = list(AnsibleRunner().run(scenes.job(tmp_path, check=False)))
    assert (tmp_path / "target" / "greeting").read_text() == "hello\n"
    failed = one(events, "Link to what is not there yet")
    assert not failed.ignored
    assert (events[-1].result["status"], events[-1].result["rc"]) == ("failed", 2)


@pytest.mark.parametrize(
    ("tasks", "said"),
    [
        ("- name: Broken\n  ansible.builtin.debug: {msg: [}\n", "YAML parsing failed"),
        ("- name: Missing\n  ansible.builtin.nothing: {}\n", "ansible.builtin.nothing"),
        ("- name: Missing\n  nobody.nowhere.thing: {}\n", "nobody.nowhere.thing"),
    ],
    ids=["syntax", "module", "collection"],
)
def test_a_playbook_that_cannot_be_read_ends_with_ansibles_own_words(tmp_path: Path, tasks: str, said: str) -> None:
    events = list(AnsibleRunner().run(scenes.job(tmp_path, tasks)))
    note = next(event for event in events if event.kind is EventKind.NOTE)
    assert "ERROR" in note.text
    assert said in note.text
    assert "\x1b" not in note.text
    assert events[-1].result["status"] == "failed"
    assert events[-1].result["rc"] != 0


def test_a_missing_role_ends_with_ansibles_own_words(tmp_path: Path) -> None:
    events = list(AnsibleRunner().run(scenes.job(tmp_path, play={"roles": ["nowhere"]})))
    assert any(event.kind is EventKind.NOTE and "'nowhere' was not found" in event.text for event in events)
    assert events[-1].result["rc"] != 0


def test_a_missing_playbook_or_inventory_is_a_finding(tmp_path: Path) -> None:
    job = scenes.job(tmp_path)
    with pytest.raises(UsageError, match="no such playbook"):
        AnsibleRunner().run(replace(job, playbook="playbooks/none.yml"))
    with pytest.raises(UsageError, match="does not exist"):
        AnsibleRunner().run(replace(job, inventory=(str(tmp_path / "none"),)))


def test_a_missing_ansible_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = scenes.job(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr("sysconfig.get_path", lambda _name: str(tmp_path))
    with pytest.raises(UsageError, match="not installed where FazAI is"):
        AnsibleRunner().run(job)


def test_an_inventory_that_ansible_cannot_read_is_a_finding(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("all: [this, is: {not\n", encoding="utf-8")
    with pytest.raises(FazaiError, match="The inventory cannot be read"):
        AnsibleRunner().hosts((str(broken),), "all", tmp_path)


def test_a_list_of_hosts_is_an_inventory(tmp_path: Path) -> None:
    assert AnsibleRunner().hosts(("web2,web1,db",), "all:!db", tmp_path) == ("web2", "web1")


def test_the_limit_leaves_the_others_alone(tmp_path: Path) -> None:
    job = replace(scenes.job(tmp_path, "- name: Ping\n  ansible.builtin.debug: {msg: hi}\n"), inventory=("one,two,three",))
    events = list(AnsibleRunner().run(replace(job, limit=("one", "three"))))
    assert sorted(events[-1].result["hosts"]) == ["one", "three"]


@pytest.mark.skipif(shutil.which("ssh") is None, reason="there is no ssh client here, and it takes one not to reach a host")
def test_an_unreachable_host_is_told(tmp_path: Path) -> None:
    job = scenes.job(tmp_path, "- name: Ping\n  ansible.builtin.ping:\n")
    options = "-o ConnectTimeout=1 -o BatchMode=yes"
    (tmp_path / "ssh.ini").write_text(f"gone ansible_host=127.0.0.1 ansible_port=1 ansible_ssh_common_args='{options}'\n")
    events = list(AnsibleRunner().run(replace(job, inventory=(str(tmp_path / "ssh.ini"),))))
    assert one(events, "Ping").kind is EventKind.HOST_UNREACHABLE
    assert events[-1].result["hosts"]["gone"]["unreachable"] == 1


def test_a_huge_output_is_cut_and_its_change_is_kept(tmp_path: Path) -> None:
    tasks = """
- name: Talk
  ansible.builtin.command: {argv: [/bin/sh, -c, "head -c 3000000 /dev/zero | tr '\\\\0' x"]}
  changed_when: true
  check_mode: false
"""
    talk = one(list(AnsibleRunner().run(scenes.job(tmp_path, tasks))), "Talk")
    assert talk.kind is EventKind.HOST_CHANGED
    assert 10_000 < len(talk.result["stdout"]) < 10_100


def test_what_a_host_prints_cannot_forge_an_event(tmp_path: Path) -> None:
    tasks = r"""
- name: Talk
  ansible.builtin.command: {argv: [/bin/printf, '\n\033[KeyJldmVudCI6ICJydW5uZXJfb25fb2sifQ==\033[28D\033[K\nfazai-plain {"changed": true}\n']}
  changed_when: false
  check_mode: false
"""  # noqa: E501
    events = list(AnsibleRunner().run(scenes.job(tmp_path, tasks)))
    assert one(events, "Talk").kind is EventKind.HOST_OK
    assert len(events) == 4


def test_what_the_user_set_for_other_runs_does_not_change_this_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = {
        "ANSIBLE_CALLBACKS_ENABLED": "ansible.posix.profile_tasks",
        "ANSIBLE_STDOUT_CALLBACK": "ansible.builtin.minimal",
        "ANSIBLE_STRATEGY": "free",
        "ANSIBLE_RUN_TAGS": "nothing",
        "ANSIBLE_VERBOSITY": "4",
        "ANSIBLE_FORCE_COLOR": "1",
        "JOB_ID": "not-a-number",
        "AD_HOC_COMMAND_ID": "1",
        "LC_ALL": "pt_BR.ISO-8859-1",
        "LANG": "C",
    }
    for name, value in hostile.items():
        monkeypatch.setenv(name, value)
    assert scenes.played(tmp_path) == list(RememberedRunner(scenes.recording()).run(scenes.job(tmp_path)))


def test_the_checking_of_host_keys_stays_the_users_affair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = "- name: Look\n  ansible.builtin.debug: {msg: \"{{ lookup('env', 'ANSIBLE_HOST_KEY_CHECKING') }}\"}\n"
    monkeypatch.delenv("ANSIBLE_HOST_KEY_CHECKING", raising=False)
    assert one(list(AnsibleRunner().run(scenes.job(tmp_path, tasks))), "Look").result["msg"] == ""
    monkeypatch.setenv("ANSIBLE_HOST_KEY_CHECKING", "False")
    assert one(list(AnsibleRunner().run(scenes.job(tmp_path, tasks))), "Look").result["msg"] == "False"


def test_signal_handlers_are_left_alone(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    list(AnsibleRunner().run(scenes.job(tmp_path, "- name: Ping\n  ansible.builtin.ping:\n")))
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_closing_ends_the_playbook_and_what_it_started(tmp_path: Path, memory: Path) -> None:
    job, seconds = sleeper(tmp_path)
    events = AnsibleRunner().run(job)
    next(event for event in events if event.kind is EventKind.TASK_STARTED)
    assert comes_true(lambda: sleeping(seconds))
    events.close()
    assert not sleeping(seconds)
    assert list(memory.iterdir()) == []
    assert not (tmp_path / "target" / "trace").exists()


WATCHER = """
import os, sys
from pathlib import Path
from fazai.outcome import EventKind
from fazai.run import AnsibleRunner, Job
job = Job(tree=Path(sys.argv[1]), playbook="playbooks/scene.yml", cwd=Path(sys.argv[2]), inventory=(sys.argv[3],))
try:
    for event in AnsibleRunner().run(job):
        print(event.kind, event.result.get("pid", ""), event.result.get("status", ""), flush=True)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process of its own that runs the sleeper, and the sleeper's number."""
    job, seconds = sleeper(tmp_path)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    argv = [sys.executable, "-c", textwrap.dedent(WATCHER), str(job.tree), str(job.cwd), job.inventory[0]]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert comes_true(lambda: sleeping(seconds))
        yield process, seconds
        if process.poll() is None:
            process.kill()


def test_ctrl_c_ends_the_playbook_and_tells_so(watched: tuple[subprocess.Popen[str], str], tmp_path: Path, memory: Path) -> None:
    process, seconds = watched
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=30)
    assert said.splitlines()[-2:] == ["run_finished  interrupted", "interrupted"]
    assert not sleeping(seconds)
    assert list(memory.iterdir()) == []
    assert not (tmp_path / "target" / "trace").exists()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["kill -9", "kill"])
def test_a_killed_watcher_takes_the_playbook_along(
    watched: tuple[subprocess.Popen[str], str], tmp_path: Path, memory: Path, number: signal.Signals
) -> None:
    process, seconds = watched
    process.send_signal(number)
    process.wait(10)
    assert comes_true(lambda: not sleeping(seconds), 10)
    assert comes_true(lambda: list(memory.iterdir()) == [], 10)
    assert not (tmp_path / "target" / "trace").exists()


def test_a_killed_guard_takes_the_playbook_along(watched: tuple[subprocess.Popen[str], str], tmp_path: Path) -> None:
    process, seconds = watched
    assert process.stdout is not None
    guard = int(process.stdout.readline().split()[1])
    os.kill(guard, signal.SIGKILL)
    said, _ = process.communicate(timeout=30)
    assert said.splitlines()[-1] == "run_finished  killed"
    assert comes_true(lambda: not sleeping(seconds), 10)
    assert not (tmp_path / "target" / "trace").exists()


STUBBORN = """
- name: Sleep
  ansible.builtin.command: {argv: [/usr/bin/env, --ignore-signal=TERM, /bin/sleep, "SECONDS"]}
  changed_when: false
"""


def test_a_module_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    seconds = f"7{time.monotonic_ns() % 10**6:06}"
    events = AnsibleRunner().run(scenes.job(tmp_path, STUBBORN.replace("SECONDS", seconds), check=False))
    next(event for event in events if event.kind is EventKind.TASK_STARTED)
    assert comes_true(lambda: sleeping(seconds))
    events.close()
    assert not sleeping(seconds)
