"""FazAI: from a goal in plain words to a verified, reversible Ansible playbook."""

__version__ = "0.1.0"
