"""From a kind and its context to the words of a notice and of a mail."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template import engines
from django.utils.translation import gettext as _
from jinja2 import BaseLoader, Environment, TemplateNotFound

from core.redirects import is_own_path
from notifications.kinds import Kind

MAX_TITLE = 300


@dataclass(frozen=True)
class Words:
    """What a notice says. `title` is a single line, `body` plain text."""

    title: str
    body: str
    url: str
    action: str


def words_for(kind: Kind, context: dict[str, Any]) -> Words:
    """The words for the app; `context["url"]` must be a path of this site, or empty."""
    url = str(context.get("url", ""))
    if url and not is_own_path(url):
        raise ValueError(f"A notice leads to a path of this site, not to {url!r}.")
    title = _rendered(_plain(), f"{kind.template}.title.txt", context)
    return Words(
        title=one_line(title)[:MAX_TITLE],
        body=_rendered(_plain(), f"{kind.template}.body.txt", context).strip(),
        url=url,
        action=str(context.get("action", "")) or _("Open"),
    )


def mail_for(
    kind: Kind, words: Words, context: dict[str, Any], *, name: str, has_profile: bool
) -> tuple[str, str]:
    """The text and the HTML of the mail that says the same."""
    frame = {
        # `url` is a path in the context and a function in every template.
        **{name: value for name, value in context.items() if name != "url"},
        "words": words,
        "name": one_line(name),
        "link": urljoin(settings.SITE_URL + "/", words.url) if words.url else "",
        "site_url": settings.SITE_URL,
        "has_profile": has_profile,
        "own_part": "",
    }
    try:
        frame["own_part"] = _html().get_template(f"{kind.template}.html").render(frame)
    except TemplateNotFound:
        pass  # the text and a button are enough for most
    text = _rendered(_plain(), "notifications/mail.txt", frame)
    return text.strip() + "\n", _html().get_template("notifications/mail.html").render(frame)


def one_line(text: str) -> str:
    """Without line breaks and control signs: fit for a header."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _rendered(env: Environment, template: str, context: dict[str, Any]) -> str:
    return env.get_template(template).render(context)


def _html() -> Environment:
    env: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return env


def _plain() -> Environment:
    return _without_escapes(_html(), _html().loader)


@lru_cache(maxsize=2)
def _without_escapes(env: Environment, _loader: BaseLoader | None) -> Environment:
    """Plain text is not HTML: an ampersand stays one. Kept, because it keeps compiled templates."""
    return env.overlay(autoescape=False)
