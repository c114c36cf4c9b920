"""A strict reader of our pages: what a browser forgives, a test does not."""

import html5lib
from bs4 import BeautifulSoup, Tag
from html5lib.html5parser import ParseError

# What a page may weigh before it is packed, in bytes.
HTML_LIMIT = 60 * 1024
LABELLED = ("input", "select", "textarea")
UNLABELLED_TYPES = {"hidden", "submit", "button", "image"}


def assert_good_html(text: str, *, fragment: bool = False) -> BeautifulSoup:
    """Fail on broken nesting, doubled ids, unlabelled fields, inline code; return the soup.

    A fragment may lack what only a whole page has: title, language, one main, one first heading.
    """
    parser = html5lib.HTMLParser(strict=True)
    try:
        parser.parseFragment(text) if fragment else parser.parse(text)
    except ParseError as error:
        raise AssertionError(f"broken HTML: {error} at {_place(parser, text)}") from error
    soup = BeautifulSoup(text, "html5lib")
    problems = [*_faults(soup)]
    if not fragment:
        problems += _page_faults(soup)
    if problems:
        raise AssertionError("\n".join(problems))
    return soup


def _place(parser: html5lib.HTMLParser, text: str) -> str:
    (line, column), code, data = parser.errors[-1]
    row = text.splitlines()[line - 1]
    return f"line {line}: …{row[max(0, column - 80) : column + 20]}… ({code} {data})"


def _page_faults(soup: BeautifulSoup) -> list[str]:
    problems = []
    if soup.html is None or not soup.html.get("lang"):
        problems.append("the page names no language")
    if not soup.title or not soup.title.get_text(strip=True):
        problems.append("the page has no title")
    counts = {name: len(soup.find_all(name)) for name in ("main", "h1")}
    return problems + [
        f"the page has {count} {name}" for name, count in counts.items() if count != 1
    ]


def _faults(soup: BeautifulSoup) -> list[str]:
    problems = []
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    problems += [f"id twice: {one}" for one in sorted({str(i) for i in ids if ids.count(i) > 1})]
    for tag in soup.find_all(True):
        problems += [
            f"inline {name}: {_short(tag)}"
            for name in tag.attrs
            if name == "style" or name.startswith("on")
        ]
        if tag.name == "style" or (tag.name == "script" and not _harmless(tag)):
            problems.append(f"inline {tag.name}")
        if tag.name == "img" and not {"alt", "width", "height"} <= (tag.attrs.keys() | _free(tag)):
            problems.append(f"picture without alt, width or height: {_short(tag)}")
        if tag.name == "form" and tag.get("method") == "post":
            problems += _form_faults(tag)
        if tag.name in LABELLED and not _labelled(tag, soup):
            problems.append(f"field without label: {_short(tag)}")
    for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        for tag in soup.select(f"[{attribute}]"):
            missing = [one for one in str(tag[attribute]).split() if one not in ids]
            problems += [f"{attribute} points nowhere: {one}" for one in missing]
    return problems


def _harmless(script: Tag) -> bool:
    """A file of ours, or data that no browser runs."""
    return bool(script.get("src")) or script.get("type") == "application/ld+json"


def _free(tag: Tag) -> set[str]:
    """A preview has no size before there is a picture."""
    return {"width", "height"} if tag.has_attr("hidden") else set()


def _form_faults(form: Tag) -> list[str]:
    inside = form.find("input", attrs={"name": "csrfmiddlewaretoken"})
    ours = str(form.get("action") or "").startswith(("", "/"))
    return [] if inside or not ours else [f"post without token: {_short(form)}"]


def _labelled(tag: Tag, soup: BeautifulSoup) -> bool:
    if tag.get("type") in UNLABELLED_TYPES or tag.get("aria-label") or tag.get("aria-labelledby"):
        return True
    if tag.find_parent("label"):
        return True
    return bool(tag.get("id") and soup.find("label", attrs={"for": tag["id"]}))


def _short(tag: Tag) -> str:
    return str(tag)[:140]
