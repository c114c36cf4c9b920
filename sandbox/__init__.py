"""A stateful payment provider for demo and tests.

A process of its own that speaks HTTP and that nobody imports.
"""
