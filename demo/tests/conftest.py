"""The provider of payments, for what the seed does there."""

from payments.testing import sandbox, sandbox_process

__all__ = ["sandbox", "sandbox_process"]
