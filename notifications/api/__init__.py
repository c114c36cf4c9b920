"""The API of notices and what somebody wants to hear."""
