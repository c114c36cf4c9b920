"""What this app states."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True, kw_only=True)
class MailQueued(Event):
    """A mail is written and must go out."""

    mail_id: int
