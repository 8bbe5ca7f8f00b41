"""How values are shown: `human` for people, `json` for programs.

A command hands values to a `View` and never prints. `View` names each thing that can be shown; both views have all of them, and
what `--json` prints is a closed list of types (docs/reference/json.md).
"""

from fazai.cli.views._choose import view_for
from fazai.cli.views._view import Checkup, Detail, View

__all__ = ["Checkup", "Detail", "View", "view_for"]
