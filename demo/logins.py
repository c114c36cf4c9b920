"""Who one can be in the demo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from demo.world import PASSWORD


@dataclass(frozen=True)
class Login:
    who: str
    label: str
    email: str
    place: str


LOGINS = (
    Login("buyer", "Noor, who buys", "noor@demo.example", "/"),
    Login("brand", "Inès of Ondine Studio", "ines@demo.example", "/studio/ondine-studio/"),
    Login("operator", "Olga, the operator", "olga@demo.example", settings.ADMIN_PATH),
)


def find(who: str) -> Login | None:
    return next((login for login in LOGINS if login.who == who), None)


def write(path: Path) -> None:
    """The lines that the run prints when it is ready."""
    rows = [f"  {one.label:<24} {one.email:<22} {PASSWORD}" for one in LOGINS]
    path.write_text("Log in as\n" + "\n".join(rows) + "\n", encoding="utf-8")
