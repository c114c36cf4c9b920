"""Writes: a report, and what an operator decides about it."""

from moderation.actions.deciding import dismiss, uphold
from moderation.actions.reporting import file_report

__all__ = ["dismiss", "file_report", "uphold"]
