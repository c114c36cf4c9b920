"""What a person does in front of a browser, counted: presses and filled fields."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Locator, Page

Role = Literal["button", "link"]


def until(page: Page, expression: str, arg: Any = None, *, seconds: float = 20) -> None:
    """Wait for an expression of JavaScript (or a function of `arg`) to become true.

    Playwright's own `wait_for_function` polls with `eval` inside of the page, which our policy
    refuses; this one asks from outside.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(50)


SHIFT_LIMIT = 0.02


def jumps(page: Page) -> list[str]:
    """What moved by itself since the page came, if that is more than an eye forgives."""
    jumped: list[tuple[float, list[str]]] = page.evaluate("window.__jumped")
    if sum(value for value, _moved in jumped) <= SHIFT_LIMIT:
        return []
    return [f"jumps {value:.3f}: {moved}" for value, moved in jumped]


@dataclass
class Hand:
    """Presses and types on one page, and remembers how often."""

    page: Page
    clicks: int = 0
    fields: int = 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def press(self, name: str, role: Role = "button") -> None:
        """Click the button (or link) whose name begins with these words."""
        self.click(self.page.get_by_role(role, name=name).first)

    def fill(self, label: str, text: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(label, exact=True).fill(text)
        self.fields += 1

    def done(self) -> tuple[int, int]:
        """Clicks and fields since the last time this was asked."""
        found = self.clicks, self.fields
        self.clicks = self.fields = 0
        return found


@dataclass
class Keys:
    """The same person without a mouse: Tab, Enter, Space and letters."""

    page: Page

    def to(self, selector: str, *, at_most: int = 120) -> None:
        """Tab until what the selector names has the focus; every stop on the way shows it."""
        for _ in range(at_most):
            self.tab()
            if self.page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"no {selector} within {at_most} tabs: {self.where()}")

    def tab(self) -> None:
        self.page.keyboard.press("Tab")
        assert self.page.evaluate(_FOCUS_SHOWS), f"focus is not seen on {self.where()}"

    def where(self) -> str:
        return str(self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)


# The page itself may have the focus (between the last stop and the first); everything else has a
# ring, on itself or on what stands for it (a label around a hidden radio), inside of the window.
_FOCUS_SHOWS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return true;
  const rings = (one) => {
    const look = getComputedStyle(one);
    return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0)
      || look.boxShadow !== "none";
  };
  const near = [at, at.parentElement, at.nextElementSibling, at.closest("label"), ...at.children];
  return near.some((one) => one && rings(one));
}"""
