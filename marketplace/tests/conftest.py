"""The provider as a process of its own, for whoever asks for it by name."""

from payments.testing import sandbox, sandbox_process

__all__ = ["sandbox", "sandbox_process"]
