"""Becoming a brand and staying one: its papers, the checklist, what operators said about it."""
