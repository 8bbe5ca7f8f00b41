"""What may be done: risk by rule, the dangers that need a person's word, and whether an approval is good.

Pure decisions: nothing here asks, stores or runs.
"""

from fazai.policy.approval import approve_by_policy, refusals
from fazai.policy.risk import dangers, reasons

__all__ = ["approve_by_policy", "dangers", "reasons", "refusals"]
