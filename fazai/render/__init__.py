"""From a plan to text: a playbook, one role per toolspec, a Molecule scenario, and the checks as playbooks.

`render(plan)` is pure: the same plan gives the same bytes, and nothing is read or written. A role's text depends on its toolspec
alone, so that goals can share a `roles/` directory; `render_role(toolspec)` gives it by itself, for the catalog. What
is the plan's own (values, hosts, which task waits for which) stands in the playbook and in `Rendered`.

Two kinds of text must never be confused here. A toolspec's own text is a template of the checked subset and is
written with its names exchanged for role variables (`_scope.py`). A value is data and is written as a scalar that Ansible will
not template (`_yaml.Unsafe`). Start reading in `_render.py`.
"""

from fazai.render._render import render, render_role
from fazai.render._rendered import Rendered, RenderedCheck, RenderedTask

__all__ = ["Rendered", "RenderedCheck", "RenderedTask", "render", "render_role"]
