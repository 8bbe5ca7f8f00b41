"""Each kind of check, run by Ansible itself against this machine: it holds when it should, and fails when it should."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from fazai.acceptance import CHECKS, AnyCheck, Check
from fazai.task import Task

ADAPTER: TypeAdapter[Check] = TypeAdapter(AnyCheck)
PYTHON = "/usr/bin/python3"

# (claim, check, whether it holds); {port} and {dir} are put in when it runs.
CASES: list[tuple[str, dict[str, Any], bool]] = [
    ("a page answers", {"http": {"url": "http://127.0.0.1:{port}/"}}, True),
    ("it contains the words", {"http": {"url": "http://127.0.0.1:{port}/", "contains": "says 'hello' (or not)"}}, True),
    ("it does not contain other words", {"http": {"url": "http://127.0.0.1:{port}/", "contains": "goodbye"}}, False),
    ("a pattern is not a text", {"http": {"url": "http://127.0.0.1:{port}/", "contains": "says .*"}}, False),
    ("a redirect is judged", {"http": {"url": "http://127.0.0.1:{port}/old", "status": 301, "follow": False}}, True),
    ("a redirect is followed", {"http": {"url": "http://127.0.0.1:{port}/old", "contains": "hello"}}, True),
    ("another status", {"http": {"url": "http://127.0.0.1:{port}/none", "status": 200}}, False),
    ("the status that is wanted", {"http": {"url": "http://127.0.0.1:{port}/none", "status": 404}}, True),
    ("a header", {"http": {"url": "http://127.0.0.1:{port}/", "header": {"X-Frame-Options": "DENY"}}}, True),
    ("a header with another value", {"http": {"url": "http://127.0.0.1:{port}/", "header": {"X-Frame-Options": "DEN"}}}, False),
    ("a header that is not there", {"http": {"url": "http://127.0.0.1:{port}/", "header": {"X-Other": "a"}}}, False),
    ("HEAD", {"http": {"url": "http://127.0.0.1:{port}/", "method": "HEAD"}}, True),
    ("nobody answers", {"http": {"url": "http://127.0.0.1:1/"}}, False),
    ("a command succeeds", {"command": {"argv": ["true"]}}, True),
    ("a command fails", {"command": {"argv": ["false"]}}, False),
    ("a command should fail", {"command": {"argv": ["false"], "rc": 1}}, True),
    ("a command says it", {"command": {"argv": ["echo", "a b; $HOME"], "stdout_contains": "b; $HOME"}}, True),
    ("a command does not say it", {"command": {"argv": ["echo", "a"], "stdout_contains": "b"}}, False),
    ("a command complains", {"command": {"argv": ["ls", "/nowhere"], "rc": 2, "stderr_contains": "/nowhere"}}, True),
    ("a program that is not there", {"command": {"argv": ["/nowhere"], "rc": 2}}, False),
    ("a file is there", {"file": {"path": "{dir}/a-1.conf"}}, True),
    ("a file is not there", {"file": {"path": "{dir}/b"}}, False),
    ("a file should not be there", {"file": {"path": "{dir}/b", "state": "absent"}}, True),
    ("a file should not be there and is", {"file": {"path": "{dir}/a-1.conf", "state": "absent"}}, False),
    ("a file holds it", {"file": {"path": "{dir}/a-1.conf", "contains": "10.0.0.0/8 (x)"}}, True),
    ("a dot is a dot", {"file": {"path": "{dir}/a-1.conf", "contains": "10.0.0x0/8"}}, False),
    ("another file of such a name does not count", {"file": {"path": "{dir}/a?1.conf", "contains": "10.0.0.0/8"}}, False),
    ("a mode", {"file": {"path": "{dir}/a-1.conf", "mode": "640"}}, True),
    ("another mode", {"file": {"path": "{dir}/a-1.conf", "mode": "0644"}}, False),
    ("another owner", {"file": {"path": "{dir}/a-1.conf", "owner": "nobody"}}, False),
    ("large enough", {"file": {"path": "{dir}/a-1.conf", "min_size": 10}}, True),
    ("not large enough", {"file": {"path": "{dir}/a-1.conf", "min_size": 10000}}, False),
    ("a link counts as its file", {"file": {"path": "{dir}/link", "contains": "10.0.0.0/8"}}, True),
    ("a pattern", {"file": {"path_glob": "{dir}/a-*.conf", "contains": "10.0.0.0/8", "min_size": 1}}, True),
    ("a pattern in a directory", {"file": {"path_glob": "{dir}/*/main/x.conf", "contains": "deep"}}, True),
    ("a mark stays within its directory", {"file": {"path_glob": "{dir}/*/x.conf"}}, False),
    ("a pattern that matches nothing", {"file": {"path_glob": "{dir}/z-*"}}, False),
    ("a pattern that should match nothing", {"file": {"path_glob": "{dir}/z-*", "state": "absent"}}, True),
    ("a pattern with a mode", {"file": {"path_glob": "{dir}/a-*.conf", "mode": "0640"}}, True),
    ("a pattern with another mode", {"file": {"path_glob": "{dir}/a-*.conf", "mode": "0600"}}, False),
    ("a pattern with another owner", {"file": {"path_glob": "{dir}/a-*.conf", "owner": "nobody"}}, False),
    ("a pattern that is too small", {"file": {"path_glob": "{dir}/a-*.conf", "min_size": 10000}}, False),
    ("a port is open", {"port": {"number": "{port}"}}, True),
    ("a port is not open", {"port": {"number": 1}}, False),
    ("a port should be closed", {"port": {"number": 1, "state": "closed"}}, True),
    ("a port should be closed and is not", {"port": {"number": "{port}", "state": "closed"}}, False),
    ("Ansible answers", {"ansible": {"ping": True}}, True),
]  # fmt: skip


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.do_HEAD()
        if self.path == "/":
            self.wfile.write(b"FazAI says 'hello' (or not)")

    def do_HEAD(self) -> None:
        self.send_response({"/": 200, "/old": 301}.get(self.path, 404))
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Location", "/")
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Nothing is logged."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("files")
    for name, text in {"a-1.conf": "# x\n  net 10.0.0.0/8 (x)\n", "a-2.conf": "", "15/main/x.conf": "deep\n"}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o640)
    (root / "link").symlink_to(root / "a-1.conf")
    return root


def filled(value: Any, port: int, folder: Path) -> Any:
    match value:
        case "{port}":
            return port
        case str():
            return value.replace("{port}", str(port)).replace("{dir}", str(folder))
        case dict():
            return {key: filled(item, port, folder) for key, item in value.items()}
        case list():
            return [filled(item, port, folder) for item in value]
        case _:
            return value


def written(task: Task, name: str) -> dict[str, Any]:
    """The task as Ansible reads it. Retries are cut to two, so that a check that fails does so soon."""
    keywords = {
        "vars": dict(task.variables),
        "changed_when": task.changed_when,
        "failed_when": task.failed_when,
        "check_mode": task.check_mode,
        "until": task.until,
        "retries": 1 if task.retries else None,
        "delay": 0 if task.retries else None,
    }
    args = dict(task.args)
    if task.module == "ansible.builtin.wait_for":
        args["timeout"] = 1
    kept = {key: value for key, value in keywords.items() if value not in (None, {})}
    return {"name": name, task.module: args, "register": "probe", "ignore_errors": True, **kept}


@pytest.fixture(scope="module")
def results(port: int, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[dict[str, Any]]]:
    """The results of each case's tasks, in one run of ansible-playbook."""
    home = tmp_path_factory.mktemp("ansible")
    tasks = [
        written(task, f"{i}")
        for i, (_claim, data, _holds) in enumerate(CASES)
        for task in ADAPTER.validate_python(filled(data, port, folder)).tasks()
    ]
    play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": tasks}
    play["vars"] = {"ansible_python_interpreter": PYTHON}
    (home / "play.yml").write_text(yaml.safe_dump([play]), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")}
    environment |= {
        "ANSIBLE_STDOUT_CALLBACK": "ansible.posix.json",
        "ANSIBLE_HOME": str(home),
        "ANSIBLE_LOCALHOST_WARNING": "false",
    }
    argv = [str(Path(sys.executable).parent / "ansible-playbook"), "-i", "localhost,", str(home / "play.yml")]
    done = subprocess.run(argv, env=environment, cwd=home, capture_output=True, text=True, timeout=300, check=False)
    found = re.search(r"^\{.*^\}", done.stdout, re.MULTILINE | re.DOTALL)
    assert found, done.stdout + done.stderr
    told: dict[int, list[dict[str, Any]]] = {}
    for task in json.loads(found[0])["plays"][0]["tasks"]:
        told.setdefault(int(task["task"]["name"]), []).append(task["hosts"]["localhost"])
    return told


@pytest.mark.io
@pytest.mark.slow
@pytest.mark.skipif(shutil.which(PYTHON) is None, reason="needs the system's own Python as a target")
@pytest.mark.parametrize("i", range(len(CASES)), ids=[claim for claim, _, _ in CASES])
def test_a_check_holds_or_fails(i: int, results: dict[int, list[dict[str, Any]]]) -> None:
    _claim, data, holds = CASES[i]
    assert all(not result.get("failed", False) for result in results[i]) is holds, results[i]
    assert not any(result.get("changed", False) for result in results[i] if not result.get("failed", False))
    assert ADAPTER.validate_python(filled(data, 1, Path("/x"))).observation(results[i][0]) is not None


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"http": {"url": "ftp://x"}}, "an http or https URL"),
    ({"http": {"url": "http://x", "header": {"A B": "c"}}}, "a header's name"),
    ({"http": {"url": "http://x", "header": {"{{ x }}": "c"}}}, "no expression"),
    ({"http": {"url": "http://x", "method": "HEAD", "contains": "a"}}, "asks for no content"),
    ({"http": {"url": "http://x", "method": "DELETE"}}, "method"),
    ({"command": {"argv": []}}, "at least 1"),
    ({"command": {"argv": "id; reboot"}}, "valid tuple"),
    ({"file": {}}, "one of the two"),
    ({"file": {"path": "/a", "path_glob": "/a/*"}}, "one of the two"),
    ({"file": {"path": "/a", "state": "absent", "contains": "x"}}, "an absent file has no content"),
    ({"file": {"path_glob": "/a/b"}}, "write it as path"),
    ({"file": {"path_glob": "/*/b"}}, "begins with a directory"),
    ({"file": {"path_glob": "/a/[bc]"}}, "only the marks"),
    ({"file": {"path_glob": "/a/{{ x }}*"}}, "holds no expression"),
    ({"file": {"path_glob": "/a/../*"}}, "must not climb"),
    ({"package": {"name": "a;b"}}, "a package name"),
    ({"firewall": {"open": ["22"]}}, "a port and its protocol"),
    ({"firewall": {"open": ["22/sctp"]}}, "a port and its protocol"),
    ({"ansible": {"ping": False}}, "True"),
    ({"opnsense": {}}, "one of them"),
    ({"opnsense": {"item": "firewall.alias"}}, "by which fields"),
    ({"opnsense": {"settings": "ids.general"}}, "what the settings are"),
    ({"smtp": {"to": "b@example.net"}}, "from"),
    ({"service": {"name": "a'b"}}, "a systemd unit name"),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED, ids=[json.dumps(data)[:50] for data, _ in REFUSED])
def test_a_bad_check_is_refused_with_the_reason(data: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ADAPTER.validate_python(data)
    assert reason in str(caught.value)


EXAMPLES: dict[str, dict[str, Any]] = {
    "service": {"name": "nginx", "state": "started", "enabled": True},
    "port": {"number": 22},
    "http": {"url": "http://x/", "contains": 'it\'s "{{ hostname }}"', "header": {"A-B": "c"}},
    "command": {"argv": ["echo", "it's"], "stdout_contains": "it's"},
    "file": {"path": "/etc/x", "contains": "it's", "owner": "root", "mode": "0644", "min_size": 1},
    "package": {"name": "nginx"},
    "firewall": {"open": ["22/tcp"]},
    "ansible": {"ping": True},
    "opnsense": {"settings": "ids.general", "equals": {"enabled": True}},
    "smtp": {"from": "a@example.org", "to": "b@example.net", "body": "GTUBE", "expect": "rejected"},
}


FAILS_BY_ITSELF = frozenset({"ansible", "port"})


@pytest.mark.parametrize("kind", CHECKS.kinds)
class TestEveryKind:
    def test_it_survives_a_round_trip(self, kind: str) -> None:
        check = ADAPTER.validate_python({kind: EXAMPLES[kind]})
        assert ADAPTER.validate_json(ADAPTER.dump_json(check)) == check
        assert ADAPTER.validate_python(ADAPTER.dump_python(check, exclude_defaults=True)) == check

    def test_no_value_stands_in_a_condition(self, kind: str) -> None:
        for task in ADAPTER.validate_python({kind: EXAMPLES[kind]}).tasks():
            for condition in (task.failed_when, task.until, task.changed_when, *task.when):
                assert not any(mark in str(condition) for mark in ("it's", "nginx", "/etc", "22/tcp", "{{"))

    def test_its_first_task_is_the_probe_and_can_fail(self, kind: str) -> None:
        check = ADAPTER.validate_python({kind: EXAMPLES[kind]})
        tasks = check.tasks()
        assert bool(tasks) != bool(check.not_runnable())
        for task in tasks:
            assert task.register == "probe"
            assert task.failed_when is not False
            assert task.failed_when is not None or task is not tasks[-1] or kind in FAILS_BY_ITSELF
            # changed_when is judged before failed_when: together they would make `is changed` never true.
            assert task.changed_when is None or "changed" not in str(task.failed_when)
