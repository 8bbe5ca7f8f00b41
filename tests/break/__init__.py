"""Attempts to break FazAI: faults, hostile names, machines that change; each became a claim that holds."""
