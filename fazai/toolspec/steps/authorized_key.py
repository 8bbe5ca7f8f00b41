"""Public ssh keys that may log in as a user."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from fazai.expression import has_expression
from fazai.task import Task
from fazai.text import AbsolutePath, Expression, UnixName, form
from fazai.toolspec.step import STEPS, Danger, Prediction, Resource, Risk, RiskLevel, Step, Undo

# Options before the key (`command="..."`) are left out on purpose: one of them can run anything at login.
Key = Annotated[
    str,
    AfterValidator(
        form(
            r"(ssh-(ed25519|rsa)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)"
            r" [A-Za-z0-9+/]+={0,3}( [^\x00-\x1f\x7f]*)?",
            "one public ssh key on one line, as in id_ed25519.pub",
        )
    ),
]


def _whole(text: str) -> str:
    if not re.fullmatch(r"\s*\{\{((?!\}\}).)*\}\}\s*", text):
        raise ValueError("is a list of keys, or one expression that gives such a list")
    return text


Keys = tuple[Key, ...] | Annotated[Expression, AfterValidator(_whole)]


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) and not has_expression(value) else value


@STEPS.register
class AuthorizedKey(Step):
    """These keys may log in as `user`, or may not."""

    kind: ClassVar[str] = "authorized_key"
    prediction: ClassVar[Prediction] = Prediction.AFTER_NEEDS

    user: UnixName
    keys: Annotated[Keys, BeforeValidator(_listed)] = Field(
        description="Keys; or an expression that is a list of them", min_length=1
    )
    exclusive: bool = Field(default=False, description="true: no other key may log in")
    state: Literal["present", "absent"] = "present"
    path: AbsolutePath | None = Field(default=None, description="The file, where it is not ~/.ssh/authorized_keys")

    @model_validator(mode="after")
    def _fits(self) -> AuthorizedKey:
        if self.exclusive and self.state == "absent":
            raise ValueError("exclusive belongs to state: present")
        return self

    def default_title(self) -> str:
        """Allow ssh keys of ana."""
        return f"{'Allow' if self.state == 'present' else 'Withdraw'} ssh keys of {self.user}"

    def tasks(self) -> Sequence[Task]:
        """One `authorized_key` task: with `exclusive`, all keys must come in one argument."""
        key = _joined(self.keys) if isinstance(self.keys, str) else "\n".join(self.keys)
        args: dict[str, Any] = {"user": self.user, "key": key, "state": self.state, "exclusive": self.exclusive}
        if self.path is not None:
            args["path"] = self.path
        task = Task(name=self.heading, module="ansible.posix.authorized_key", args=args)
        return [task] if self.state == "present" else [replace(task, register="result", failed_when=_FAILED)]

    def touches(self) -> tuple[Resource, ...]:
        """The file of keys, at its usual place where nothing else is said."""
        home = "/root" if self.user == "root" else f"/home/{self.user}"
        return (Resource("path", self.path or f"{home}/.ssh/authorized_keys"),)

    def needs(self) -> tuple[Resource, ...]:
        """The user: check mode fails where it is not there yet."""
        return (Resource("user", self.user),)

    def undo(self) -> Undo:
        """From the before-image."""
        return Undo(how="the former file of keys comes back from the before-image", restores=self.touches())

    def risks(self) -> tuple[Risk, ...]:
        """Taking keys away can keep their owners out."""
        if self.exclusive:
            return (Risk(level=RiskLevel.HIGH, reason=f"takes every other key of {self.user} away", danger=Danger.LOCK_OUT),)
        if self.state == "absent":
            return (Risk(level=RiskLevel.HIGH, reason=f"takes keys of {self.user} away", danger=Danger.LOCK_OUT),)
        if self.user == "root":
            return (Risk(level=RiskLevel.MEDIUM, reason="lets these keys log in as root"),)
        return ()


# Keys of a user who is not there cannot be withdrawn, and need not be; the module says so in two ways.
_FAILED = "result is failed and 'Failed to lookup user' not in result.msg and 'user must exist' not in result.msg"


def _joined(keys: str) -> str:
    """The expression of a list, or of one key, as one of text: one key a line.

    The line break stands in it as a character, since Ansible reads a backslash within an expression of a playbook as itself.
    """
    inner = keys.strip()[2:-2].strip()
    return "{{ [" + inner + "] | flatten | join('\n') }}"
