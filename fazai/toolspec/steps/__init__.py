"""The built-in kinds of steps: one file each, registered by the same door as any other.

Importing this package registers them. A new kind: a file here with a `Step` subclass under `@STEPS.register`, and a line below.
"""

from fazai.toolspec.steps import (
    authorized_key,
    block,
    command,
    cron,
    directory,
    file,
    group,
    line,
    login_guard,
    module,
    package,
    refuse,
    service,
    systemd_unit,
    template,
    timer,
    user,
)

__all__ = [
    "authorized_key",
    "block",
    "command",
    "cron",
    "directory",
    "file",
    "group",
    "line",
    "login_guard",
    "module",
    "package",
    "refuse",
    "service",
    "systemd_unit",
    "template",
    "timer",
    "user",
]
