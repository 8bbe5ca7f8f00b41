"""A web server answers, as seen from the host itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from fazai.acceptance.check import CHECKS, Check
from fazai.task import Task
from fazai.text import Line, Text, Whole, form

Url = Annotated[str, AfterValidator(form(r"https?://[^\s\"'<>\\]+", "an http or https URL"))]
HeaderName = Annotated[str, AfterValidator(form(r"[A-Za-z0-9-]+", "a header's name"))]


@CHECKS.register
class Http(Check):
    """A URL answers with this status, these words and these headers."""

    kind: ClassVar[str] = "http"

    url: Url
    status: Whole = Field(default=200, description="The status of the answer")
    contains: Text | None = Field(default=None, description="Text that stands in the answer, as it is")
    header: Mapping[HeaderName, Line] = Field(default_factory=dict, description="Headers of the answer with their exact values")
    method: Literal["GET", "HEAD"] = "GET"
    follow: bool = Field(default=True, description="false: judge a redirect instead of following it")
    verify_tls: bool = Field(default=True, description="false: take any certificate")

    @model_validator(mode="after")
    def _fits(self) -> Http:
        if self.method == "HEAD" and self.contains is not None:
            raise ValueError("HEAD asks for no content, so it contains nothing")
        if any("{" in name for name in self.header):
            raise ValueError("a header's name is no expression")
        return self

    def title(self) -> str:
        """Answer 200 from http://localhost/."""
        return f"Answer {self.status} from {self.url}"

    def tasks(self) -> Sequence[Task]:
        """Asked again for ten seconds, since a service may need a moment to come up."""
        variables: dict[str, Any] = {}
        failing = ["probe is failed"]
        if self.contains is not None:
            variables["wanted_content"] = self.contains
            failing.append("wanted_content not in probe.content")
        for i, (name, value) in enumerate(self.header.items()):
            variables |= {f"header_{i}": name.lower().replace("-", "_"), f"wanted_header_{i}": value}
            failing.append(f"probe[header_{i}] | default('') != wanted_header_{i}")
        return [
            Task(
                name=self.title(),
                module="ansible.builtin.uri",
                args={
                    "url": self.url,
                    "method": self.method,
                    "status_code": [self.status],
                    "follow_redirects": "safe" if self.follow else "none",
                    "validate_certs": self.verify_tls,
                    "return_content": self.method == "GET",
                    "timeout": 10,
                },
                register="probe",
                variables=variables,
                failed_when=" or ".join(failing) if len(failing) > 1 else None,
                retries=5,
                delay=2,
                until="probe is not failed",
            )
        ]

    def observation(self, result: Mapping[str, Any]) -> Any:
        """Its status, and what identifies its content."""
        content = str(result.get("content", ""))
        return {"status": result.get("status"), "sha256": hashlib.sha256(content.encode()).hexdigest()}
