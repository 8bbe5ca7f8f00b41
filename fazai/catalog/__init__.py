"""Toolspecs as YAML with their templates; data only. Read by `fazai/shelf`."""
