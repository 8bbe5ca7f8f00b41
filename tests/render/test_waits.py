from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from fazai.render._waits import may_wait, reach, waits
from fazai.toolspec import AnyStep, Step

STEP: TypeAdapter[Step] = TypeAdapter(AnyStep)


def step(**kind: Any) -> Step:
    return STEP.validate_python(kind)


PACKAGE = step(package={"names": ["nginx"]})
FILE = step(file={"path": "/srv/site/index.html", "content": "x", "mode": "0644"})
SERVICE = step(service={"name": "nginx.service", "state": "started"})


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [
        (SERVICE, PACKAGE, True),
        (FILE, PACKAGE, True),
        (PACKAGE, FILE, False),
        (FILE, step(file={"path": "/srv/site", "link_to": "/opt/site"}), True),
        (FILE, step(file={"path": "/srv/other", "content": "x", "mode": "0644"}), False),
        (FILE, step(file={"path": "{{ fqdn }}", "content": "x", "mode": "0644"}), True),
        (step(file={"path": "/etc/motd", "content": "x", "mode": "0644", "owner": "root"}), PACKAGE, False),
        (step(service={"name": "nginx", "state": "started"}), SERVICE, True),
    ],
)
def test_a_step_waits_for_what_it_needs(later: Step, earlier: Step, expected: bool) -> None:
    assert waits(reach(later, {}), reach(earlier, {})) is expected


def test_a_loop_needs_what_each_of_its_items_needs() -> None:
    looped = step(file={"path": "{{ item }}/x", "content": "x", "mode": "0644", "for_each": "{{ dirs }}"})
    names = {str(need) for need in reach(looped, {"dirs": ["/srv/a", "/srv/b"]}).needs}
    assert names == {"path:/srv/a", "path:/srv/b"}


def test_a_step_that_needs_only_what_every_host_has_never_waits() -> None:
    assert not may_wait(step(file={"path": "/etc/motd", "content": "x", "mode": "0644", "owner": "root"}))
    assert may_wait(step(file={"path": "{{ dir }}/motd", "content": "x", "mode": "0644"}))
