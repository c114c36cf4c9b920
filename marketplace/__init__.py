"""The composition root: settings, addresses, processes, and the pages that show several apps.

Everything may be imported here; nothing outside imports this package.
"""
