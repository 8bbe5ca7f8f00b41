"""A user of the host."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic.fields import FieldInfo

from fazai.expression import has_expression
from fazai.task import Platform, Task
from fazai.text import AbsolutePath, Expression, UnixName, Whole, form
from fazai.toolspec.step import STEPS, Danger, Prediction, Resource, Risk, RiskLevel, Step, Undo
from fazai.toolspec.steps.group import POWERFUL


def _named(value: str) -> str:
    if not has_expression(value):
        raise ValueError("is a secret: name a secret input, as in {{ password_hash }}")
    return value


def _whole(text: str) -> str:
    if not re.fullmatch(r"\s*\{\{((?!\}\}).)*\}\}\s*", text):
        raise ValueError("is a list of groups, or one expression that gives such a list")
    return text


# A colon ends a field of /etc/passwd, a comma one of its comment's parts.
Comment = Annotated[str, AfterValidator(form(r"[^:\x00-\x1f\x7f]*", "one line without a colon"))]
Hash = Annotated[str, AfterValidator(_named)]
NO_LOGIN = ("nologin", "false", "true", "sync")


@STEPS.register
class User(Step):
    """A user exists with these fields, or does not exist."""

    kind: ClassVar[str] = "user"
    prediction: ClassVar[Prediction] = Prediction.AFTER_NEEDS

    name: UnixName
    uid: Whole | None = None
    group: UnixName | None = Field(default=None, description="Primary group; one of its own name when left out")
    groups: tuple[UnixName, ...] | Annotated[Expression, AfterValidator(_whole)] = Field(
        default=(), description="Further groups that are the same on every platform, or an expression that is a list of them"
    )
    debian: tuple[UnixName, ...] = Field(default=(), description="Further groups on Debian and its family, such as sudo")
    redhat: tuple[UnixName, ...] = Field(default=(), description="Further groups on RedHat and its family, such as wheel")
    append: bool = Field(default=True, description="false: leave every group that is not named here")
    shell: AbsolutePath | None = None
    home: AbsolutePath | None = None
    create_home: bool = True
    system: bool = Field(default=False, description="Give it a number of the system's range when it is made")
    comment: Comment | None = Field(default=None, description="Full name")
    password: Hash | None = Field(
        default=None, description="Names a secret input that holds a crypt hash ($y$..., $6$...); set only when the user is made"
    )
    state: Literal["present", "absent"] = "present"
    remove: bool = Field(default=False, description="With state absent: also remove the home directory")

    @model_validator(mode="after")
    def _fits(self) -> User:
        if self.state == "absent" and any(getattr(self, name) != info.default for name, info in self._fields_of_presence()):
            raise ValueError("an absent user has a name only")
        if self.state == "present" and self.remove:
            raise ValueError("remove belongs to state: absent")
        if isinstance(self.groups, str) and (self.debian or self.redhat):
            raise ValueError("groups of a platform stand beside groups that are written out")
        if not self.append and not (self.groups or self.debian or self.redhat):
            raise ValueError("append: false needs the groups that shall remain")
        return self

    @classmethod
    def _fields_of_presence(cls) -> list[tuple[str, FieldInfo]]:
        """What only a user that exists can have."""
        return [
            (name, info) for name, info in cls.model_fields.items() if name not in {"name", "state", "remove", *Step.model_fields}
        ]

    def default_title(self) -> str:
        """Add the user ana."""
        return f"{'Add' if self.state == 'present' else 'Remove'} the user {self.name}"

    @property
    def written_groups(self) -> tuple[str, ...]:
        """The further groups as far as they are written out, or known by their inputs."""
        return () if isinstance(self.groups, str) else tuple(self.groups)

    def groups_on(self, platform: Platform) -> tuple[str, ...]:
        """The further groups on a platform."""
        return (*self.written_groups, *(self.debian if platform is Platform.DEBIAN else self.redhat))

    def tasks(self) -> Sequence[Task]:
        """One `user` task, or one for each platform where its groups are named differently."""
        if not (self.debian or self.redhat):
            return [self._task(self.groups, None)]
        return [self._task(self.groups_on(platform), platform) for platform in Platform]

    def _task(self, groups: tuple[str, ...] | str, platform: Platform | None) -> Task:
        args: dict[str, Any] = {"name": self.name, "state": self.state}
        given = {"uid": self.uid, "group": self.group, "shell": self.shell, "home": self.home, "comment": self.comment}
        args |= {name: value for name, value in given.items() if value is not None}
        if groups:
            args |= {"groups": groups if isinstance(groups, str) else list(groups), "append": self.append}
        if self.system:
            args["system"] = True
        if not self.create_home:
            args["create_home"] = False
        if self.remove:
            args["remove"] = True
        if self.password is not None:
            args |= {"password": self.password, "update_password": "on_create"}
        return Task(
            name=self.heading,
            module="ansible.builtin.user",
            args=args,
            platform=platform,
            no_log=self.password is not None,
            diff=False if self.password is not None else None,
        )

    @property
    def home_path(self) -> str:
        """Where the home is; the usual place where nothing else is said."""
        return self.home or ("/root" if self.name == "root" else f"/home/{self.name}")

    def touches(self) -> tuple[Resource, ...]:
        """The user, and the home that is removed."""
        user = Resource("user", self.name)
        return (user, Resource("path", self.home_path)) if self.remove else (user,)

    def needs(self) -> tuple[Resource, ...]:
        """Its groups: check mode fails for one that is not there. One that is removed may first be brought."""
        if self.state == "absent":
            return (Resource("user", self.name),)
        names = [self.group] if self.group else []
        names += [*self.written_groups, *self.debian, *self.redhat]
        return tuple(Resource("group", name) for name in dict.fromkeys(names))

    def provides(self) -> tuple[Resource, ...]:
        """The user, its own group, its home."""
        if self.state == "absent":
            return ()
        own = [Resource("user", self.name)]
        own += [] if self.group else [Resource("group", self.name)]
        return (*own, Resource("path", self.home_path)) if self.create_home else tuple(own)

    def undo(self) -> Undo:
        """The inverse; a removed home comes from the before-image."""
        if self.state == "absent":
            return Undo(
                how="the user is added again with its former fields, its home from the before-image", restores=self.touches()
            )
        return Undo(
            how="a user that was not there is removed, its home is left; former fields are set back", restores=self.touches()
        )

    def risks(self) -> tuple[Risk, ...]:
        """Someone can no longer log in, loses data, or may become root."""
        high = RiskLevel.HIGH
        found: list[Risk] = []
        if self.state == "absent":
            found.append(Risk(level=high, reason=f"removes the user {self.name}", danger=Danger.LOCK_OUT))
        elif self.name == "root":
            found.append(Risk(level=high, reason="changes root", danger=Danger.LOCK_OUT))
        if self.remove:
            found.append(Risk(level=high, reason=f"removes {self.home_path} and what is in it", danger=Danger.DATA_LOSS))
        if self.shell is not None and self.shell.rpartition("/")[2] in NO_LOGIN and not self.system:
            found.append(Risk(level=high, reason=f"{self.name} can no longer log in", danger=Danger.LOCK_OUT))
        if not self.append:
            found.append(Risk(level=high, reason=f"takes {self.name} out of all other groups", danger=Danger.LOCK_OUT))
        named = {self.group, *self.written_groups, *self.debian, *self.redhat}
        strong = sorted(name for name in named & POWERFUL if name)
        if strong:
            found.append(Risk(level=RiskLevel.MEDIUM, reason=f"gives {self.name} the rights of {', '.join(strong)}"))
        return tuple(found)
