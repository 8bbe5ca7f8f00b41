"""An Ansible task as data, before it is written as YAML.

Steps and checks yield `Task`s in the words of the toolspec (`{{ port }}`, `platform`); only `render/` knows how a role
names its variables. Nothing here runs anything.
"""

from fazai.task._task import Loop, Platform, Task

__all__ = ["Loop", "Platform", "Task"]
