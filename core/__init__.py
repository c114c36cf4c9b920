"""What every other app stands on: money, public ids, clock, outbox, idempotency, limits, media.

It imports no sibling. Names an actor by id, never by a foreign key upwards.
"""

from core.redirects import safe_next

__all__ = ["safe_next"]
