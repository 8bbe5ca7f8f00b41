"""The family of errors, each with the exit code of the command that meets it.

FazaiError (1)
├── UsageError (2)          the command line, or a file named on it, cannot be used
├── InvalidFile (2)         a goal, toolspec or settings file has mistakes: all of them are carried
├── InputsMissing (3)       values only a person can give
├── FindingsStopPlan (4)    the plan has errors that must not reach a host
├── HostsFailed (5)         a host failed or was unreachable
├── NotApproved (6)         refused by policy, or nobody approved
├── VerificationFailed (7)  it ran, and it is not what was asked for
└── NobodyCanPlan (8)       no planner can serve this goal
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import ClassVar

from fazai.diagnostic.finding import Finding


class ExitCode(IntEnum):
    """What a command's exit status means; the reference page is held to this list by a test."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    INPUTS_MISSING = 3
    FINDINGS = 4
    HOSTS_FAILED = 5
    NOT_APPROVED = 6
    NOT_VERIFIED = 7
    NO_PLANNER = 8
    INTERRUPTED = 130


class FazaiError(Exception):
    """Something a person should read: one finding or several, never a traceback."""

    exit_code: ClassVar[ExitCode] = ExitCode.UNEXPECTED

    def __init__(self, *findings: Finding) -> None:
        self.findings: tuple[Finding, ...] = findings
        super().__init__("\n".join(str(finding) for finding in findings))

    @classmethod
    def of(cls, findings: Sequence[Finding]) -> FazaiError:
        """The same error for a sequence of findings, in their order."""
        return cls(*findings)


class UsageError(FazaiError):
    """The command line, or a file named on it, cannot be used."""

    exit_code = ExitCode.USAGE


class InvalidFile(FazaiError):
    """A goal, toolspec or settings file has mistakes; all of them are carried."""

    exit_code = ExitCode.USAGE


class InputsMissing(FazaiError):
    """Values only a person can give are missing; one finding for each, with the input's name in `where.field`."""

    exit_code = ExitCode.INPUTS_MISSING


class FindingsStopPlan(FazaiError):
    """The plan has errors that must not reach a host."""

    exit_code = ExitCode.FINDINGS


class HostsFailed(FazaiError):
    """A host failed or was unreachable."""

    exit_code = ExitCode.HOSTS_FAILED


class NotApproved(FazaiError):
    """Refused by policy, or nobody approved this very plan."""

    exit_code = ExitCode.NOT_APPROVED


class VerificationFailed(FazaiError):
    """It was applied, and it is not what was asked for."""

    exit_code = ExitCode.NOT_VERIFIED


class NobodyCanPlan(FazaiError):
    """Neither the knowledge base nor the catalog nor a model can serve this goal."""

    exit_code = ExitCode.NO_PLANNER
