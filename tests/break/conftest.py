"""The played world of the story's tests."""

from tests.flow.conftest import runner, told, world

__all__ = ["runner", "told", "world"]
