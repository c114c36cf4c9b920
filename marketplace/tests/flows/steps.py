"""What people do on pages, for tests that cross apps: open, fill in, press."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.test import Client


class Visitor:
    """A browser without scripts: it follows links and sends forms as they stand on the page."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.at = "/"
        self.soup = BeautifulSoup("", "html5lib")
        self.answer: Any = None

    def open(self, address: str) -> BeautifulSoup:
        """Go to an address, through redirects of ours, and insist on a page."""
        return self._arrive(self.client.get(urljoin(self.at, address), follow=True), address)

    def press(self, text: str, **typed: str) -> BeautifulSoup:
        """Press the button whose words begin with `text`, after typing into its form."""
        button = next(
            (one for one in self.soup.find_all("button") if words(one).startswith(text)), None
        )
        assert button is not None, f"no button {text!r} on {self.at}: {words(self.soup)[:500]}"
        form = self._form_of(button)
        data = {**fields_of(form), **typed}
        if button.get("name"):
            data[str(button["name"])] = str(button.get("value", ""))
        address = str(button.get("formaction") or form.get("action") or self.at)
        method = str(form.get("method", "get")).lower()
        send = self.client.post if method == "post" else self.client.get
        answer = send(urljoin(self.at, address), data)
        if answer.status_code in (302, 303) and self._leaves(answer):
            self.answer = answer
            return self.soup
        if answer.status_code in (302, 303):
            return self.open(answer.headers["Location"])
        return self._arrive(answer, address)

    def link(self, text: str) -> str:
        """Where the link that says `text` leads."""
        for one in self.soup.find_all("a"):
            if text in words(one):
                return str(one["href"])
        raise AssertionError(f"no link {text!r} on {self.at}")

    def says(self, *texts: str) -> None:
        """Insist that the page says all of this."""
        said = words(self.soup)
        for text in texts:
            assert text in said, f"{text!r} is not on {self.at}: {said[:2000]}"

    def _form_of(self, button: Tag) -> Tag:
        form = (
            self.soup.find("form", id=str(button["form"]))
            if button.get("form")
            else button.find_parent("form")
        )
        assert isinstance(form, Tag)
        return form

    def _leaves(self, answer: Any) -> bool:
        return answer.headers["Location"].startswith("http") and "testserver" not in str(
            answer.headers["Location"]
        )

    def _arrive(self, answer: Any, address: str) -> BeautifulSoup:
        assert answer.status_code == 200, f"{answer.status_code} at {address}"
        self.answer = answer
        chain = getattr(answer, "redirect_chain", None)
        self.at = chain[-1][0] if chain else urljoin(self.at, address)
        self.soup = BeautifulSoup(answer.content.decode(), "html5lib")
        return self.soup


def fields_of(form: Tag) -> dict[str, str]:
    """What a browser would send of a form that nobody touched."""
    found: dict[str, str] = {}
    for one in form.find_all(["input", "textarea", "select"]):
        name, kind = one.get("name"), one.get("type", "")
        if not name or one.has_attr("disabled"):
            continue
        if one.name == "select":
            chosen = one.find("option", selected=True) or one.find("option")
            found[str(name)] = str(chosen["value"]) if chosen else ""
        elif one.name == "textarea":
            found[str(name)] = one.text
        elif kind in ("checkbox", "radio"):
            if one.has_attr("checked"):
                found[str(name)] = str(one.get("value", "on"))
        else:
            found[str(name)] = str(one.get("value", ""))
    return found


def words(tag: Tag) -> str:
    """The text of a piece of a page on one line."""
    return " ".join(tag.get_text(" ").split())
