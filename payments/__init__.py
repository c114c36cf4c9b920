"""Provider protocol, payments, webhook inbox and the double-entry ledger.

Knows an order only as an opaque reference.
"""
