"""Acceptance checks: what must hold on a host, written by a person, never by a language model.

The same kinds serve `accept` (must hold afterwards) and `keep` (must be as before) of a goal, and `accept` of a toolspec. Each
kind is a file under `checks/`, registered by `CHECKS.register`; it yields Ansible tasks that fail when it does not hold, so
that FazAI's verification and a Molecule scenario run the very same thing.
"""

from fazai.acceptance import checks as _builtin_checks  # noqa: F401 -- registers the built-in kinds
from fazai.acceptance.check import CHECKS, AnyCheck, Check

__all__ = ["CHECKS", "AnyCheck", "Check"]
