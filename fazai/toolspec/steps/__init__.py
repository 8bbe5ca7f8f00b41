"""The built-in kinds of steps: one file each, registered by the same door as any other.

Importing this package registers them. A new kind: a file here with a `Step` subclass under `@STEPS.register`, and a line below.
"""

from fazai.toolspec.steps import file, login_guard, package, refuse, service, template

__all__ = ["file", "login_guard", "package", "refuse", "service", "template"]
