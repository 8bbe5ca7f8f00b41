"""A stdout callback that says only what ansible-runner's events leave out. Loaded by ansible-playbook, never by fazai.

ansible-runner records each event by deriving its own callback from the one that is named as stdout callback: this one. Its
events lack the result of a skipped task (and so the reason), and for tasks with no_log they lack even whether something
changed. So this callback prints, for each result, one line of JSON with just that; ansible-runner carries the line as
the event's `stdout`. Nothing else is printed: no output of a host ever reaches the terminal that the events travel through.
"""

from __future__ import annotations

import json
import typing as t

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
    name: fazai_plain
    type: stdout
    short_description: what the events of ansible-runner leave out
    description:
      - Prints one line of JSON for each result; for use by FazAI only.
    extends_documentation_fragment:
      - default_callback
"""

MARK = "fazai-plain "


class CallbackModule(CallbackBase):  # type: ignore[misc]  # ansible ships no type information
    """Quiet but for the one line."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "fazai_plain"

    def v2_runner_on_ok(self, result: t.Any) -> None:
        self._tell(result)

    def v2_runner_on_failed(self, result: t.Any, ignore_errors: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 -- theirs
        self._tell(result)

    def v2_runner_on_skipped(self, result: t.Any) -> None:
        self._tell(result)

    def v2_runner_on_unreachable(self, result: t.Any) -> None:
        self._tell(result)

    def v2_on_file_diff(self, result: t.Any) -> None:
        """Diffs travel in the result itself."""

    def _tell(self, result: t.Any) -> None:
        told = result.result
        said: dict[str, object] = {"changed": bool(result.is_changed()), "task": str(result.task_name)}
        if "censored" not in told:
            said |= {name: told[name] for name in ("skip_reason", "skipped_reason", "false_condition", "msg") if name in told}
        self._display.display(MARK + json.dumps(said, default=str)[:20000])
