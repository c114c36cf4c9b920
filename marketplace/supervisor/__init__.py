"""Runs the whole market on one machine: embedded servers and the market's own processes.

Nothing here needs Django's settings, so that settings themselves and the test plugin may use it.
"""
