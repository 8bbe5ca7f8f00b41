"""Verdicts on what Ansible really says in check mode, on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazai.check import JudgedTask, deviations, judge, preview_of, settles
from fazai.outcome import Event, Preview, TaskPreview, TaskStatus
from fazai.run import AnsibleRunner
from fazai.toolspec import Prediction
from tests.run import scenes

pytestmark = pytest.mark.io

TASKS = """
- name: Write the page
  ansible.builtin.copy: {content: "hello\\n", dest: "{{ target }}/page", mode: "0644"}
  notify: Reload
- name: Link to the page
  ansible.builtin.file: {src: "{{ target }}/page", dest: "{{ target }}/link", state: link}
  ignore_errors: "{{ ansible_check_mode }}"
- name: Run a command
  ansible.builtin.command: {argv: [/bin/true]}
  changed_when: true
- name: Make a product
  ansible.builtin.command: {argv: [/bin/touch, "{{ target }}/product"], creates: "{{ target }}/product"}
- name: Only elsewhere
  ansible.builtin.copy: {content: "x", dest: "{{ target }}/elsewhere", mode: "0644"}
  when: inventory_hostname == 'elsewhere'
- name: Write several
  ansible.builtin.copy: {content: "{{ item }}\\n", dest: "{{ target }}/{{ item }}", mode: "0644"}
  loop: [there, new, left]
  when: item != 'left'
- name: Configure
  ansible.builtin.template: {src: "site.conf.j2", dest: "{{ target }}/site.conf", mode: "0644"}
- name: Write a secret
  ansible.builtin.copy: {content: "canary-77\\n", dest: "{{ target }}/secret", mode: "0600"}
  no_log: true
- name: Not for this system
  ansible.builtin.copy: {content: "canary-77\\n", dest: "{{ target }}/other", mode: "0600"}
  no_log: true
  when: inventory_hostname == 'elsewhere'
- name: Start what is not there
  ansible.builtin.sysvinit: {name: fazai-nothing, state: started}
  ignore_errors: "{{ ansible_check_mode }}"
- name: Copy what nobody has
  ansible.builtin.copy: {src: "{{ target }}/nobody", dest: "{{ target }}/copy", remote_src: true}
  ignore_errors: "{{ ansible_check_mode }}"
- name: All is well
  ansible.builtin.file: {path: "{{ target }}", state: directory}
"""
HANDLERS = """
- name: Reload
  ansible.builtin.command: {argv: [/bin/true]}
  changed_when: true
"""
AFTER = {
    "Link to the page": ("Write the page",),
    "Start what is not there": ("Make a product",),
}
NEVER = {"Run a command", "Make a product", "Reload"}


def judged(events: list[Event]) -> list[JudgedTask]:
    """What render would know of these tasks; the places are Ansible's own."""
    places = {event.task: event.place for event in events if event.task and event.place}
    return [
        JudgedTask(
            place=str(place),
            title=str(task),
            handler=task == "Reload",
            after=tuple(str(places[other]) for other in AFTER.get(str(task), ())),
            prediction=Prediction.NEVER if task in NEVER else Prediction.AFTER_NEEDS,
        )
        for task, place in places.items()
    ]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scene")
    scenes.job(path, TASKS, handlers=HANDLERS)
    templates = path / "tree" / "roles" / "scene" / "templates"
    templates.mkdir()
    (templates / "site.conf.j2").write_text("listen 8081\n")
    (path / "target" / "there").write_text("there\n")
    (path / "target" / "there").chmod(0o644)
    (path / "target" / "site.conf").write_text("listen 80\n")
    (path / "target" / "site.conf").chmod(0o644)
    return path


@pytest.fixture(scope="module")
def events(directory: Path) -> list[Event]:
    return list(AnsibleRunner().run(scenes.job(directory, TASKS, handlers=HANDLERS)))


@pytest.fixture(scope="module")
def said(events: list[Event]) -> dict[str, TaskPreview]:
    return {task.task: task for task in judge(events, judged(events))}


@pytest.mark.parametrize(
    ("task", "status", "reason"),
    [
        ("Write the page", TaskStatus.PREDICTED_CHANGE, ""),
        ("Link to the page", TaskStatus.UNKNOWN, "src file does not exist"),
        ("Run a command", TaskStatus.UNKNOWN, "Command would have run"),
        ("Make a product", TaskStatus.PREDICTED_CHANGE, ""),
        ("Only elsewhere", TaskStatus.NOT_APPLICABLE, "inventory_hostname == 'elsewhere'"),
        ("Write several", TaskStatus.PREDICTED_CHANGE, ""),
        ("Configure", TaskStatus.PREDICTED_CHANGE, ""),
        ("Write a secret", TaskStatus.PREDICTED_CHANGE, ""),
        ("Not for this system", TaskStatus.NOT_APPLICABLE, "condition"),
        ("Start what is not there", TaskStatus.UNKNOWN, "fazai-nothing"),
        ("Copy what nobody has", TaskStatus.FAILED, "nobody"),
        ("All is well", TaskStatus.NO_CHANGE, ""),
        ("Reload", TaskStatus.UNKNOWN, "Command would have run"),
    ],
)
def test_a_real_task_gets_its_verdict(said: dict[str, TaskPreview], task: str, status: TaskStatus, reason: str) -> None:
    assert (said[task].status, reason in said[task].reason) == (status, True), said[task].reason


def test_a_task_waits_for_another_by_its_title(said: dict[str, TaskPreview]) -> None:
    assert said["Link to the page"].after == ("Write the page",)


def test_a_template_shows_what_would_change(said: dict[str, TaskPreview]) -> None:
    (diff,) = said["Configure"].diffs
    assert (diff.before, diff.after) == ("listen 80\n", "listen 8081\n")


def test_a_loop_shows_only_the_items_that_would_change(said: dict[str, TaskPreview]) -> None:
    assert [diff.after for diff in said["Write several"].diffs] == ["new\n"]


def test_a_secret_is_in_no_preview_and_no_event(said: dict[str, TaskPreview], events: list[Event]) -> None:
    assert said["Write a secret"].hidden
    assert said["Write a secret"].diffs == ()
    assert "canary-77" not in "".join(event.model_dump_json() for event in events)


GOOD = """
- name: Write the page
  ansible.builtin.copy: {content: "hello\\n", dest: "{{ target }}/page", mode: "0644"}
- name: Link to the page
  ansible.builtin.file: {src: "{{ target }}/page", dest: "{{ target }}/link", state: link}
  ignore_errors: "{{ ansible_check_mode }}"
"""


def test_apply_keeps_to_the_preview_and_a_second_run_settles(tmp_path: Path) -> None:
    preview = _preview(list(AnsibleRunner().run(scenes.job(tmp_path, GOOD))))
    assert not preview.failed
    applied = list(AnsibleRunner().run(scenes.job(tmp_path, GOOD, check=False)))
    assert deviations(preview, applied) == []
    again = list(AnsibleRunner().run(scenes.job(tmp_path, GOOD, check=False)))
    assert settles(again) == (True, ())
    assert not settles(applied)[0]


def test_what_changes_between_preview_and_apply_is_a_deviation(tmp_path: Path) -> None:
    list(AnsibleRunner().run(scenes.job(tmp_path, GOOD, check=False)))
    preview = _preview(list(AnsibleRunner().run(scenes.job(tmp_path, GOOD))))
    assert preview.is_empty
    (tmp_path / "target" / "page").write_text("somebody was here\n")
    (finding,) = deviations(preview, list(AnsibleRunner().run(scenes.job(tmp_path, GOOD, check=False))))
    assert '"Write the page" on here' in finding.detail


def _preview(events: list[Event]) -> Preview:
    return preview_of(events, judged(events), plan_hash="0" * 64, run_id="r1", hosts=["here"])
