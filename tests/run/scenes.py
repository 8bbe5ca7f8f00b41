"""Small playbooks for this machine, over the local connection."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml

from fazai.outcome import Event
from fazai.run import AnsibleRunner, Job

RECORDINGS = Path(__file__).parent / "recordings"

MIXED = """
- name: Write the greeting
  ansible.builtin.copy: {content: "hello\\n", dest: "{{ target }}/greeting", mode: "0644"}
  notify: Tell of it
- name: Make the directory
  ansible.builtin.file: {path: "{{ target }}", state: directory}
- name: Link to what is not there yet
  ansible.builtin.file: {src: "{{ target }}/later", dest: "{{ target }}/link", state: link}
  ignore_errors: "{{ ansible_check_mode }}"
- name: Only on another system
  ansible.builtin.debug: {msg: never}
  when: inventory_hostname == 'elsewhere'
- name: Run a command
  ansible.builtin.command: {argv: [/bin/true]}
  changed_when: true
- name: Write several
  ansible.builtin.copy: {content: "{{ item }}\\n", dest: "{{ target }}/{{ item }}", mode: "0644"}
  loop: [one, two, three]
  when: item != 'two'
- name: Write what nobody may see
  ansible.builtin.copy: {content: "canary-5f1c\\n", dest: "{{ target }}/secret", mode: "0600"}
  no_log: true
"""
HANDLERS = """
- name: Tell of it
  ansible.builtin.debug: {msg: told}
"""


def job(
    directory: Path, tasks: str = MIXED, *, check: bool = True, handlers: str = HANDLERS, play: dict[str, object] | None = None
) -> Job:
    """A tree with one role `scene` on host `here`, whose `target` is a directory of its own."""
    tree, target = directory / "tree", directory / "target"
    target.mkdir(exist_ok=True)
    for part, text in (("tasks", tasks), ("handlers", handlers)):
        path = tree / "roles" / "scene" / part / "main.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    book = tree / "playbooks" / "scene.yml"
    book.parent.mkdir(exist_ok=True)
    plays = [{"name": "Scene", "hosts": "all", "gather_facts": False, "roles": ["scene"]} | (play or {})]
    book.write_text(yaml.safe_dump(plays, sort_keys=False), encoding="utf-8")
    return Job(tree=tree, playbook="playbooks/scene.yml", cwd=directory, inventory=(str(inventory(directory)),), check=check)


def inventory(directory: Path) -> Path:
    """Hosts `here` (this machine) and, in group `others`, `there` (nowhere)."""
    path = directory / "hosts.yml"
    local = {
        "ansible_connection": "local",
        "ansible_python_interpreter": sys.executable,
        "target": str(directory / "target"),
    }
    path.write_text(yaml.safe_dump({"all": {"hosts": {"here": local}}}), encoding="utf-8")
    return path


def neutral(event: Event, directory: Path, program: str = "") -> Event:
    """The same event without what differs from run to run: times, process numbers, versions, directories, who runs it."""
    text = event.model_dump_json()
    for path, word in ((str(directory), "/scene"), (program, "ansible-playbook")):
        text = text.replace(path, word) if path else text
    plain = json.loads(text)
    plain["at"] = "2026-01-01T00:00:00Z"
    owner = {"uid": 0, "gid": 0, "owner": "root", "group": "root"} if "owner" in plain["result"] else {}
    for name, fixed in {"pid": 1, "pgid": 1, "versions": {"ansible-core": "remembered"}, **owner}.items():
        if name in plain["result"]:
            plain["result"][name] = fixed
    return Event.model_validate(plain)


def played(directory: Path) -> list[Event]:
    """What Ansible says of the mixed scene today, neutrally."""
    events = list(AnsibleRunner().run(job(directory)))
    return [neutral(event, directory, events[0].result["argv"][0]) for event in events]


def recording(name: str = "mixed") -> list[Event]:
    """A recording that lies beside this file, one JSON event a line."""
    lines = (RECORDINGS / f"{name}.ndjson").read_text(encoding="utf-8").splitlines()
    return [Event.model_validate_json(line) for line in lines]


def record(directory: Path, name: str = "mixed") -> None:
    """Make the recording anew: python -c 'from tests.run.scenes import *; record(Path("/tmp/scene"))', then read the diff."""
    directory.mkdir(exist_ok=True)
    lines = [event.model_dump_json(exclude_defaults=True) for event in played(directory)]
    (RECORDINGS / f"{name}.ndjson").write_text("\n".join(lines) + "\n", encoding="utf-8")
