"""A guard before changes to sshd: whoever Ansible logs in as must still get in afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from fazai.expression import has_expression
from fazai.task import Task
from fazai.text import Expression, UnixName
from fazai.toolspec.step import STEPS, Resource, Step, Undo


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) and not has_expression(value) else value


@STEPS.register
class LoginGuard(Step):
    """Stop here, in check mode too, unless `user` is in one of `groups` and has a file of authorized keys."""

    kind: ClassVar[str] = "login_guard"

    groups: Annotated[tuple[UnixName, ...] | Expression, BeforeValidator(_listed)] = Field(
        description="Groups that may log in, or an expression that is a list of them", min_length=1
    )
    user: UnixName = Field(default="{{ connecting_user }}", description="Whose way in must stay open")

    def default_title(self) -> str:
        """Keep the way in open for {{ connecting_user }}."""
        return f"Keep the way in open for {self.user}"

    def tasks(self) -> Sequence[Task]:
        """Two tasks that look, two that refuse."""
        return [
            Task(
                name=f"Look up the groups of {self.user}",
                module="ansible.builtin.command",
                args={"argv": ["id", "-Gn", "--", self.user]},
                register="memberships",
                changed_when=False,
                check_mode=False,
            ),
            Task(
                name=f"Look for the ssh keys of {self.user}",
                module="ansible.builtin.stat",
                args={"path": f"~{self.user}/.ssh/authorized_keys"},
                register="keys",
            ),
            Task(
                name=f"Refuse for want of a group that lets in {self.user}",
                module="ansible.builtin.fail",
                args={
                    "msg": "The user Ansible logs in as is in none of the groups that may log in. Add it to one of them first."
                },
                variables={"allowed": self.groups if isinstance(self.groups, str) else list(self.groups)},
                when=("memberships.stdout.split() | intersect(allowed) | length == 0",),
            ),
            Task(
                name=f"Refuse for want of a key of {self.user}",
                module="ansible.builtin.fail",
                args={"msg": "The user Ansible logs in as has no authorized ssh key. Add one first."},
                when=("not keys.stat.exists or keys.stat.size == 0",),
            ),
        ]

    def touches(self) -> tuple[Resource, ...]:
        """Nothing."""
        return ()

    def undo(self) -> Undo:
        """It changes nothing."""
        return Undo(how="a guard changes nothing")
