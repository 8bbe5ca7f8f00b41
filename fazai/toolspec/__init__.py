"""A toolspec: a repeatable capability as a typed contract.

`ToolSpec` has inputs, steps, handlers and acceptance checks. Steps are of a closed set of kinds, one file each under
`steps/`, registered by `STEPS.register`; each knows its fields, its tasks, what it touches and needs, whether check mode can
predict it, how it is undone, and its risk. Start reading in `spec.py`, then `steps/package.py`.
"""

from fazai.toolspec import steps as _builtin_steps  # noqa: F401 -- registers the built-in kinds
from fazai.toolspec.inputs import Input, InputType, SecretRef, bind
from fazai.toolspec.recall import RecallWords
from fazai.toolspec.spec import Title, ToolSpec
from fazai.toolspec.step import STEPS, AnyStep, Danger, Prediction, Resource, Risk, RiskLevel, Step, Undo

__all__ = [
    "STEPS",
    "AnyStep",
    "Danger",
    "Input",
    "InputType",
    "Prediction",
    "RecallWords",
    "Resource",
    "Risk",
    "RiskLevel",
    "SecretRef",
    "Step",
    "Title",
    "ToolSpec",
    "Undo",
    "bind",
]
