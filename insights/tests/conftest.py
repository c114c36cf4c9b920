"""The provider as a process of its own, for tests that pay."""

from payments.testing import sandbox, sandbox_process

__all__ = ["sandbox", "sandbox_process"]
