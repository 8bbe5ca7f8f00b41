"""`fazai.yml`: what a person sets for a project."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from fazai.text import Line


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class PolicySettings(BaseModel):
    """Who may approve what. Data loss and lock-out always need a person, whatever stands here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    auto_approve: Literal["never", "low", "medium"] = Field(
        default="never", description="Highest risk that is approved without a person"
    )
    approval_hours: Annotated[float, Field(gt=0, le=24 * 30)] = Field(
        default=24, description="Hours for which an approval is good"
    )


class Settings(BaseModel):
    """The settings of a project; every one has a default, so that an empty file will do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal[1] = Field(default=1, alias="schema")
    inventory: Annotated[tuple[Line, ...], BeforeValidator(_listed)] = Field(
        default=("inventory",), description="Inventory files or directories, as for ansible-playbook -i"
    )
    toolspecs: Line = Field(default="toolspecs", description="Directory of the project's own toolspecs")
    forks: Annotated[int, Field(ge=1, le=500)] = Field(default=10, description="Hosts that are worked on at once")
    vault_password_file: Line | None = Field(default=None, description="As for ansible-playbook --vault-password-file")
    language: Literal["en", "pt"] = Field(default="en", description="Language of titles and help of toolspecs")
    policy: PolicySettings = PolicySettings()
