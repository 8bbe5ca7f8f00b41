"""What went wrong, for whom, and what to do about it.

A `Finding` is a value: a fault or a remark with its place and its remedy. A `FazaiError` carries findings and the exit
code of the command that meets it. This package imports nothing of the project; every other one may import it.
Start reading in `finding.py`.
"""

from fazai.diagnostic.errors import (
    ExitCode,
    FazaiError,
    FindingsStopPlan,
    HostsFailed,
    InputsMissing,
    InvalidFile,
    NobodyCanPlan,
    NotApproved,
    UsageError,
    VerificationFailed,
)
from fazai.diagnostic.finding import Finding, Severity, Where
from fazai.diagnostic.words import did_you_mean, nearest

__all__ = [
    "ExitCode",
    "FazaiError",
    "Finding",
    "FindingsStopPlan",
    "HostsFailed",
    "InputsMissing",
    "InvalidFile",
    "NobodyCanPlan",
    "NotApproved",
    "Severity",
    "UsageError",
    "VerificationFailed",
    "Where",
    "did_you_mean",
    "nearest",
]
