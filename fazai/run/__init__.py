"""Runs playbooks, and tells what happens as events: Ansible behind one seam.

A `Job` says what to run; a `Runner` runs it and yields `Event`s. `AnsibleRunner` is the real one, on ansible-runner;
`RememberedRunner` plays back what was recorded, for tests and for looking at a run again. Both pass the same contract
(`tests/run/contract.py`). Nothing else of fazai starts Ansible. Start reading in `job.py`, then `ansible.py`; `_guard.py` and
`plugins/` are programs of their own, run by others.
"""

from fazai.run.ansible import AnsibleRunner
from fazai.run.inventory import inventory_findings
from fazai.run.job import Job, Runner
from fazai.run.remembered import RememberedRunner

__all__ = ["AnsibleRunner", "Job", "RememberedRunner", "Runner", "inventory_findings"]
