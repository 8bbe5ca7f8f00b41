"""A plan: a goal and the toolspecs that serve it, with bound inputs. Pure data with canonical bytes and a hash.

The same plan always has the same bytes, so an approval can name it by its hash.
"""

from fazai.plan.plan import Origin, Plan, Source, Use

__all__ = ["Origin", "Plan", "Source", "Use"]
