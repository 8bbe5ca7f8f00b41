"""What a person wants: `goal.yaml` as a value. Nothing here reads a file; see `fazai/document`."""

from fazai.goal.goal import Goal, GoalUse, Limits

__all__ = ["Goal", "GoalUse", "Limits"]
