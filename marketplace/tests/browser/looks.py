"""How a page looks to tests: what axe finds, what is too small or too wide, what is cut."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LOOKS = [(width, scheme) for width in (390, 1440) for scheme in ("light", "dark")]

# What Django's administration writes itself, by axe's rule and the part of the page.
STOCK = {
    # Columns of a table of lines with a line's name or the box that deletes it have no heading.
    "empty-table-header": ".inline-group",
    # That table scrolls inside itself; browsers let the keyboard reach a scroller by themselves.
    "scrollable-region-focusable": ".inline-group",
    # Select2 names its box after the choice in it, which is empty until something is chosen.
    "aria-input-field-name": ".select2-container",
    # Lists, filters and dates are as small as Django draws them.
    "target-size": "body",
}

# What Swagger UI writes itself: families of operations are headings of the third order, the head of
# each is a button that holds buttons, and what stands above its own <main> is in no landmark.
SWAGGER = dict.fromkeys(
    ("heading-order", "nested-interactive", "region", "target-size"), "#swagger-ui"
)

# What of axe's rules looks at colours. A scheme changes nothing else (static/css/tokens.css), so
# all others would find in the dark what they found in the light.
COLOURS = ["color-contrast", "link-in-text-block"]

# `preload` would copy style sheets that import others into the page, which the policy refuses.
# How large a target is axe asks only when told to: 24 px, or as much room around it. We tell it in
# narrow windows, where fingers are.
FIND = """async ([stock, only]) => {
  const shared = {resultTypes: ["violations"], preload: false};
  const asked = only ? {...shared, runOnly: only} : shared;
  const found = (await axe.run(document, asked)).violations;
  // What floats covers a part of what will be scrolled from under it; so does a menu for a while.
  const floats = [...document.querySelectorAll("body *")].filter((one) =>
    /fixed|sticky/.test(getComputedStyle(one).position) && !one.closest("dialog"));
  const menus = document.querySelectorAll(".menu[open] > :not(summary)");
  for (const one of floats) one.style.position = "static";
  for (const one of menus) one.style.translate = "0 -300vh";
  const sizes = only || innerWidth > 800 ? {violations: []}
    : await axe.run(document, {...shared, runOnly: ["target-size"]});
  for (const one of floats) one.style.position = "";
  for (const one of menus) one.style.translate = "";
  found.push(...sizes.violations);
  for (const one of found) {
    one.nodes = one.nodes.filter(({target}) =>
      !stock[one.id] || !document.querySelector(target[0])?.closest(stock[one.id]));
  }
  return found;
}"""


def problems(page: Page, *, only: list[str] | None = None) -> list[str]:
    """What axe finds, one line each; `only` what these of its rules find."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    parts = (("/admin/", STOCK), ("/api/docs/try/", SWAGGER))
    stock = next((known for part, known in parts if part in page.url), {})
    found: list[dict[str, Any]] = page.evaluate(FIND, [stock, only])
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for one in found
        for node in one["nodes"]
    ]


# What a finger aims at, with the room that it has around itself by its ::before or ::after.
MAIN_CONTROLS = """.btn, .buy, .tag, .icon, .save, .dot, .dock a, .opt, select,
  .field :is(input:not([type=checkbox], [type=radio], [type=hidden]), textarea)"""
TOO_SMALL = """(controls) => {
  const room = (one, pseudo) => {
    const look = getComputedStyle(one, pseudo);
    const beyond = (a, b) => Math.max(0, -parseFloat(look[a])) + Math.max(0, -parseFloat(look[b]));
    return look.content === "none" || look.position !== "absolute" ? [0, 0]
      : [beyond("left", "right"), beyond("top", "bottom")];
  };
  const found = [];
  for (const one of document.querySelectorAll(controls)) {
    const {width, height} = one.getBoundingClientRect();
    if (!one.checkVisibility({visibilityProperty: true}) || width < 2) continue;
    const more = ["::before", "::after"].map((pseudo) => room(one, pseudo));
    const across = width + Math.max(...more.map(([x]) => x));
    const down = height + Math.max(...more.map(([, y]) => y));
    if (Math.min(across, down) < 43.5)
      found.push(`${Math.round(across)} x ${Math.round(down)}: ${one.outerHTML.slice(0, 120)}`);
  }
  return found;
}"""


def too_small(page: Page) -> list[str]:
    """Main controls that a finger hits badly, narrower or lower than 44 px."""
    if "/admin/" in page.url or "/api/docs/try/" in page.url:
        return []
    return list(page.evaluate(TOO_SMALL, MAIN_CONTROLS))


def too_wide(page: Page) -> list[str]:
    """What sticks out of the window sideways, once its style is there."""
    page.wait_for_load_state()
    return list(
        page.evaluate("""() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          return [...document.querySelectorAll("main *, header *, footer *")]
            .filter((one) => one.getBoundingClientRect().right > wide + 1)
            .slice(0, 5).map((one) => one.outerHTML.slice(0, 160));
        }""")
    )


# Text beyond the edge of what hides its overflow. An ellipsis says itself that there is more; what
# is clipped to nothing is for screen readers.
CUT = """() => {
  const hides = (one) => /hidden|clip/.test(getComputedStyle(one).overflow);
  const says = (look) => look.textOverflow === "ellipsis" || look.webkitLineClamp !== "none"
    || look.clipPath !== "none";
  const found = [];
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (all.nextNode()) {
    const text = all.currentNode, one = text.parentElement;
    if (!text.data.trim() || !one.checkVisibility()) continue;
    if (one.closest(".vh, .visually-hidden, svg, option, script")) continue;
    let edge = one;
    while (edge && getComputedStyle(edge).overflow === "visible") edge = edge.parentElement;
    if (!edge || !hides(edge) || [edge, one].some((each) => says(getComputedStyle(each)))) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const [a, b] = [range.getBoundingClientRect(), edge.getBoundingClientRect()];
    const [across, down] = [a.right > b.right + 2, a.bottom > b.bottom + 2];
    if (across || down) found.push(edge.outerHTML.slice(0, 160));
  }
  return found.slice(0, 5);
}"""


# Text beyond the sides of the box it flows in; what cuts it says so itself, or is found by CUT.
# What is left out of the layout until somebody comes near is laid out first, or its text would be
# measured as it was in a window of another width.
SPILT = """() => {
  const found = [];
  for (const one of document.querySelectorAll("body *"))
    if (getComputedStyle(one).contentVisibility === "auto")
      one.style.setProperty("content-visibility", "visible");
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (all.nextNode()) {
    const text = all.currentNode;
    let box = text.parentElement;
    if (!text.data.trim() || !box.checkVisibility() || box.closest(".vh, svg, option, script"))
      continue;
    while (/inline$|contents/.test(getComputedStyle(box).display)) box = box.parentElement;
    let edge = box;
    while (edge && getComputedStyle(edge).overflowX === "visible") edge = edge.parentElement;
    if (edge) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const [a, b] = [range.getBoundingClientRect(), box.getBoundingClientRect()];
    if (a.right > b.right + 1 || a.left < b.left - 1) found.push(box.outerHTML.slice(0, 160));
  }
  return found.slice(0, 5);
}"""


def spilt(page: Page) -> list[str]:
    """What runs beyond its box, sideways."""
    return [f"spilt: {one}" for one in page.evaluate(SPILT)]


def twice_the_text(page: Page) -> list[str]:
    """What is cut or sticks out where somebody has set letters twice as large, 1280 wide."""
    page.set_viewport_size({"width": 1280, "height": 900})
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    before = page.evaluate(size)
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.wait_for_timeout(50)
    found = [] if page.evaluate(size) == 2 * before else ["letters do not grow"]
    found += [f"sticks out: {one}" for one in too_wide(page)]
    found += [f"is cut: {one}" for one in page.evaluate(CUT)]
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    session.detach()
    return found


def look_around(page: Page, looks: list[tuple[int, str]]) -> list[str]:
    """Every look of one page, without loading it again: colours and widths follow the window."""
    found = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.wait_for_timeout(50)
        dark = scheme == "dark"
        asked = problems(page, only=COLOURS if dark else None)
        found += [f"{width} {scheme}: {one}" for one in asked]
        found += [f"{width}: sticks out: {one}" for one in too_wide(page)]
        if width < 800:
            found += [f"{width}: too small: {one}" for one in too_small(page)]
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_timeout(50)
    found += [f"320: sticks out: {one}" for one in too_wide(page)]
    return found + [f"200 %: {one}" for one in twice_the_text(page)]
