"""The files of a user's project: settings, plans, runs, journal, locks.

    fazai.yml  goals/  inventory/  playbooks/  roles/  molecule/      what people read and keep in git
    .fazai/    plans/  runs/  locks/  kb/  journal.ndjson             what FazAI remembers; mode 0700

Everything is written whole or not at all (`files.py`), by one process at a time (`locks.py`). Start in `project.py`.
"""

from fazai.project.files import private_directory, write_atomically
from fazai.project.journal import Journal
from fazai.project.locks import HostsBusy, hold_hosts, hold_project
from fazai.project.plans import PlanStore
from fazai.project.project import Project, read_text, relative
from fazai.project.runs import RunStore, RunWriter
from fazai.project.settings import PolicySettings, Settings

__all__ = [
    "HostsBusy",
    "Journal",
    "PlanStore",
    "PolicySettings",
    "Project",
    "RunStore",
    "RunWriter",
    "Settings",
    "hold_hosts",
    "hold_project",
    "private_directory",
    "read_text",
    "relative",
    "write_atomically",
]
