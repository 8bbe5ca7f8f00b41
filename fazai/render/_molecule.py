"""A Molecule scenario that tries the playbook on a disposable host: systemd in a podman container.

The scenario's playbooks make and remove the host themselves (driver `default`, not managed), so that nothing but
`containers.podman` is needed. The image can be exchanged by an environment variable.
"""

from __future__ import annotations

import re
from typing import Any, Final

from fazai.plan import Plan
from fazai.render._collections import RANGES, requirements
from fazai.render._yaml import document

IMAGE: Final = "${FAZAI_MOLECULE_IMAGE:-localhost/fazai-target:bookworm}"


def scenario(plan: Plan, collections: dict[str, str]) -> dict[str, str]:
    """The scenario's files, without verify.yml and keep.yml, by path relative to the project."""
    root = f"molecule/{plan.goal.name}"
    needed = dict(sorted({**collections, "containers.podman": RANGES["containers.podman"]}.items()))
    return {
        f"{root}/molecule.yml": document(_settings(plan)),
        f"{root}/create.yml": _CREATE,
        f"{root}/converge.yml": document(
            [{"name": "Converge", "ansible.builtin.import_playbook": f"../../playbooks/{plan.goal.name}.yml"}]
        ),
        f"{root}/destroy.yml": _DESTROY,
        f"{root}/requirements.yml": document(requirements(needed)),
    }


def _settings(plan: Plan) -> dict[str, Any]:
    groups = groups_of(plan.goal.hosts)
    host: dict[str, Any] = {"name": host_name(plan.goal.name), "image": IMAGE}
    if groups:
        host["groups"] = list(groups)
    return {
        "dependency": {"name": "galaxy", "enabled": False},
        "driver": {
            "name": "default",
            "options": {
                "managed": False,
                "login_cmd_template": "podman exec -ti {instance} bash",
                "ansible_connection_options": {"ansible_connection": "containers.podman.podman"},
            },
        },
        "platforms": [host],
        "provisioner": {
            "name": "ansible",
            "env": {"ANSIBLE_ROLES_PATH": "${MOLECULE_PROJECT_DIRECTORY}/roles", "ANSIBLE_PIPELINING": "True"},
        },
        "scenario": {"test_sequence": ["destroy", "syntax", "create", "converge", "idempotence", "verify", "destroy"]},
        "verifier": {"name": "ansible"},
    }


def host_name(goal: str) -> str:
    """The name of the disposable host of a goal: a host name, and a container's."""
    return f"fazai-{goal.replace('_', '-')}"[:63].rstrip("-")


def groups_of(pattern: str) -> tuple[str, ...]:
    """Groups that a host must be in to be among the hosts of this pattern, as far as its plain names say.

    Names that are taken away (`!db`) are left out; a wildcard stands for nothing, an index for its group.
    """
    names = []
    for part in re.split(r"[:,](?![^\[]*\])", pattern):
        if part.startswith(("!", "~")):
            continue
        name = re.sub(r"\[[^\]]*\]?|[*?]", "", part.removeprefix("&"))
        if name and name not in {"all", "ungrouped"} and re.fullmatch(r"[A-Za-z0-9_.-]+", name):
            names.append(name)
    return tuple(dict.fromkeys(names))


_CREATE: Final = """---
- name: Create
  hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - name: Start a disposable host
      containers.podman.podman_container:
        name: "{{ item.name }}"
        hostname: "{{ item.name }}"
        image: "{{ item.image }}"
        pull: never
        systemd: always
        cap_add:
          - NET_ADMIN
          - NET_RAW
          - AUDIT_WRITE
        state: started
        recreate: true
      loop: "{{ molecule_yml.platforms }}"
      loop_control:
        label: "{{ item.name }}"

    - name: Wait until it has started
      ansible.builtin.command:
        argv:
          - podman
          - exec
          - "{{ item.name }}"
          - systemctl
          - is-system-running
          - --wait
      loop: "{{ molecule_yml.platforms }}"
      loop_control:
        label: "{{ item.name }}"
      register: molecule_started
      changed_when: false
      failed_when: false
      until: molecule_started.stdout in ['running', 'degraded']
      retries: 40
      delay: 1
"""
_DESTROY: Final = """---
- name: Destroy
  hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - name: Remove the disposable host
      containers.podman.podman_container:
        name: "{{ item.name }}"
        state: absent
        timeout: 0
      loop: "{{ molecule_yml.platforms }}"
      loop_control:
        label: "{{ item.name }}"
"""
