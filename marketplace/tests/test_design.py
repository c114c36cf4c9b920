"""The design system keeps its promises: weights, no inline code, templates that compile."""

import gzip
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import jinja2
import pytest
from bs4 import BeautifulSoup
from django import forms
from django.conf import settings
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.testing import client_for, make_person
from core import clock
from core.forms import PublicUrlField
from core.money import Money
from marketplace import charts, figures, jinja, pictures, stylesheets
from marketplace.pages.styleguide import SamplePicture
from marketplace.testing.html import HTML_LIMIT, assert_good_html

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CSS_BUDGET = 14 * 1024
JS_BUDGET = 15 * 1024
# A wall before its pictures, in bytes as they come over the wire.
WALL_BUDGET = 300_000


# Mail readers load nothing, so mails carry their style themselves.
MAILS = re.compile(r"(^|/)(email|notices)/|mail\.html$")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


def environment() -> jinja2.Environment:
    engine = next(engine for engine in engines.all() if isinstance(engine, Jinja2))
    return engine.env


def chain(path: Path) -> list[str]:
    """The text of a template and of all that it extends."""
    texts = [path.read_text()]
    while parent := re.search(r'{%-?\s*extends\s+"([^"]+)"', texts[-1]):
        texts.append((ROOT / "templates" / parent[1]).read_text())
    return texts


def asked_for(path: Path, function: str) -> set[str]:
    """The names in the nearest `css(…)` or `js(…)` calls: a page replaces its frame's block."""
    for text in chain(path):
        calls = re.findall(rf"\b{function}\(([^)]*)\)", text)
        if calls:
            inherited = function == "css" and "super()" in text
            rest = asked_for_parents(path, function) if inherited else set()
            return {name for call in calls for name in re.findall(r'"([\w-]+)"', call)} | rest
    return set()


def asked_for_parents(path: Path, function: str) -> set[str]:
    found = [re.findall(rf"\b{function}\(([^)]*)\)", text) for text in chain(path)[1:]]
    return {name for calls in found for call in calls for name in re.findall(r'"([\w-]+)"', call)}


def packed(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def weight_of_css(path: Path) -> int:
    asked = asked_for(path, "css")
    page = tuple(name for name in stylesheets.EXTRA if name in asked)
    parts = [stylesheets.joined(part).encode() for part in (stylesheets.CORE, page)]
    return sum(len(gzip.compress(part, 9)) for part in parts)


def weight_of_js(path: Path) -> int:
    scripts = [*jinja.CORE_JS, *asked_for(path, "js")]
    return packed([ROOT / "static/js" / f"{name}.js" for name in scripts])


PAGES = [path for path in TEMPLATES if "extends" in path.read_text()]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_compiles(path: Path) -> None:
    environment().get_template(name_of(path))


@pytest.mark.parametrize(
    "path", [p for p in TEMPLATES if not MAILS.search(name_of(p))], ids=name_of
)
def test_template_has_nothing_inline(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text), "a style attribute breaks the CSP"
    code = re.sub(r'<script type="application/ld\+json">', "", text)  # data for search engines
    assert not re.search(r"<style\b|<script(?![^>]*\bsrc=)", code), "style and script are files"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text), "no handler in an attribute"
    assert not re.search(r"""(src|href)\s*=\s*["'](https?:)?//""", text), (
        "nothing foreign is loaded"
    )
    assert not re.search(r"\|\s*safe\b", text), "what is safe is Markup already"


def moving(sheet: str) -> list[str]:
    """What moves in a style sheet although nobody was asked whether they bear it."""
    found, around = [], [""]
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    for text, end in re.findall(r"([^{};]*)([{};])", sheet):
        said = " ".join(text.split())
        moves = re.match(r"(-webkit-)?(transition|animation)[\w-]*\s*:(?!\s*none\b)", said)
        asked = any("(prefers-reduced-motion: no-preference)" in one for one in around)
        if (moves or said == "@view-transition") and not asked:
            found.append(f"{around[-1]} {said}")
        if end == "{":
            around.append(said)
        elif end == "}":
            around.pop()
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "static/css").glob("*.css")), ids=lambda p: p.stem)
def test_nothing_moves_but_for_who_wants_it_to(path: Path) -> None:
    assert moving(path.read_text()) == []


def test_the_control_of_moving() -> None:
    asked = "@media (prefers-reduced-motion: no-preference) { %s }"
    for one in ("a { color: red; transition: color 1s; }", "b:not(:hover) { animation: x 1s }"):
        assert len(moving(f"@layer x {{ {one} }}")) == 1
        assert len(moving(f"{asked % 'i { color: red; }'} {one}")) == 1, "beside it"
        assert moving(asked % one) == []
    assert moving("@view-transition { navigation: auto; }")
    assert moving("a { view-transition-name: x; transition: none !important; }") == []


@pytest.mark.parametrize("path", [p for p in PAGES if p.name != "styleguide.html"], ids=name_of)
def test_page_weighs_little(path: Path) -> None:
    assert weight_of_css(path) <= CSS_BUDGET
    assert weight_of_js(path) <= JS_BUDGET


@pytest.mark.parametrize("path", [p for p in PAGES if "wall" in asked_for(p, "css")], ids=name_of)
def test_a_wall_weighs_little_before_its_pictures(path: Path) -> None:
    """As much HTML as a page may have (the browser's tests weigh it), style, scripts, all fonts."""
    named = re.findall(r"url\(([^)]+)\)", (ROOT / "static/css/fonts.css").read_text())
    fonts = {(ROOT / "static/css" / one).resolve() for one in named}
    assert fonts == set((ROOT / "static/fonts").glob("*.woff2"))
    later = packed([ROOT / "static/js" / f"{name}.js" for name in jinja.LATER_JS])
    files = weight_of_css(path) + weight_of_js(path) + later
    assert HTML_LIMIT + files + sum(one.stat().st_size for one in fonts) <= WALL_BUDGET


def test_every_sheet_and_script_has_a_name() -> None:
    sheets = {path.stem for path in (ROOT / "static/css").glob("*.css")}
    sheets -= {"sandbox", "admin"}  # loaded by pages that are not of this frame
    assert sheets == {*stylesheets.CORE, *stylesheets.EXTRA}
    scripts = {path.stem for path in (ROOT / "static/js").glob("*.js")}
    assert scripts == {*jinja.CORE_JS, *jinja.EXTRA_JS, *jinja.LATER_JS} - {"htmx"}


def test_style_sheets_come_joined_and_may_be_kept(client: Client) -> None:
    address = stylesheets.address(("wall", "buy"))
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    client.cookies[settings.SESSION_COOKIE_NAME] = "of-somebody"
    assert "immutable" in client.get(address).headers["Cache-Control"], "no cookie changes it"
    text = answer.content.decode()
    assert text.index(".wall") < text.index(".buy")
    packed_answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed_answer.content).decode() == text
    old = client.get(address.replace(address.split("/")[2], "0" * 12))
    assert old.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("names", ["nothing", "buy+wall", "wall+wall", "../tokens", "wall+", ""])
def test_style_sheets_of_other_names_are_absent(client: Client, names: str) -> None:
    assert client.get(f"/css/{'0' * 12}/{names}.css").status_code == 404


def test_every_icon_in_use_is_in_the_sprite() -> None:
    for path in TEMPLATES:
        for name in re.findall(r'\bicon\("([\w-]+)"', path.read_text()):
            jinja.icon(name)


def test_an_unknown_icon_or_sheet_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such icon"):
        jinja.icon("no-such-thing")
    with pytest.raises(ValueError, match="no such style sheet"):
        jinja.css("no-such-thing")
    with pytest.raises(ValueError, match="no such script"):
        jinja.js("no-such-thing")


def test_fonts_and_icons_carry_their_licences() -> None:
    for font in (ROOT / "static/fonts").glob("*.woff2"):
        family = font.name.split("-latin")[0]
        assert (
            "OPEN FONT LICENSE" in (ROOT / f"static/fonts/LICENSE-{family}.txt").read_text().upper()
        )
    assert "ISC" in (ROOT / "static/img/LICENSE-lucide.txt").read_text()


@pytest.mark.django_db
def test_gallery_is_good_html(client: Client) -> None:
    answer = client.get(reverse("pages:styleguide"))
    assert answer.status_code == 200
    soup = assert_good_html(answer.content.decode())
    assert soup.select_one(".pin .tag"), "the wall shows a price tag"
    assert soup.select_one(".errs a[href='#bad_postcode']"), "the summary leads to the field"
    assert len(answer.content) <= HTML_LIMIT


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_theme_is_remembered_and_left_again(client: Client, chosen: str) -> None:
    address = reverse("pages:theme")
    answer = client.post(address, {"theme": chosen, "next": "/styleguide/"})
    assert answer.headers["Location"] == "/styleguide/"
    page = client.get(reverse("pages:styleguide")).content.decode()
    assert f'data-theme="{chosen}"' in page
    client.post(address, {"theme": ""})
    assert "data-theme" not in client.get(reverse("pages:styleguide")).content.decode()


@pytest.mark.django_db
def test_theme_takes_no_foreign_value_and_leads_nowhere_else(client: Client) -> None:
    answer = client.post(reverse("pages:theme"), {"theme": '"><script>', "next": "//evil.example/"})
    assert answer.headers["Location"] == "/"
    assert answer.cookies["theme"].value == ""
    assert client.get(reverse("pages:theme")).status_code == 405


@pytest.mark.django_db
def test_keys_of_a_single_letter_are_explained_and_switched_off(client: Client) -> None:
    address = reverse("pages:keys")
    page = assert_good_html(client.get(address).content.decode())
    assert [one.get_text() for one in page.select("kbd")].count("j") == 1
    assert client.post(address, {"letters": "off", "next": "/help/"})["Location"] == "/help/"
    for path in ("/help/", address):
        html = client.get(path).content.decode()
        assert '<html lang="en" data-keys="off">' in html, path
    assert "Switch single letters on" in html
    assert client.post(address, {"letters": "x", "next": "//evil.example/"})["Location"] == address
    assert "data-keys" not in client.get("/help/").content.decode().split("<head>")[0]


def _letters_are_off(client: Client) -> bool:
    return 'data-keys="off"' in client.get("/help/").content.decode().split("<head>")[0]


@pytest.mark.django_db
def test_the_choice_of_keys_goes_with_the_account_and_a_guests_with_the_browser() -> None:
    person, address = make_person(), reverse("pages:keys")
    here, elsewhere = client_for(person), client_for(person)
    here.post(address, {"letters": "off"})
    assert _letters_are_off(here)
    assert _letters_are_off(elsewhere), "another browser of the same person"
    assert not _letters_are_off(client_for(make_person())), "somebody else"
    here.logout()
    assert not _letters_are_off(here), "a guest at the same browser chose nothing"
    here.post(address, {"letters": "off"})
    elsewhere.post(address, {"letters": "on"})
    assert _letters_are_off(here)
    assert person.user is not None
    here.force_login(person.user)
    assert not _letters_are_off(here), "who logs in has what their account says"


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", ["off", "on"])
def test_who_signs_up_takes_their_choice_of_keys_along(client: Client, chosen: str) -> None:
    client.post(reverse("pages:keys"), {"letters": chosen})
    form = {"email": "ana@mail.example", "name": "Ana", "password1": "correct horse battery"}
    client.post("/accounts/signup/", form)
    elsewhere = Client()
    elsewhere.force_login(User.objects.get(email="ana@mail.example"))
    assert _letters_are_off(elsewhere) == (chosen == "off")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/signup/", "/settings/addresses/new/"])
def test_a_field_says_the_same_when_it_is_left_as_when_it_is_sent(path: str) -> None:
    browser = Client() if "signup" in path else client_for(make_person())
    empty = BeautifulSoup(browser.get(path).content, "html5lib")
    at_once = {str(one["id"]): one["data-value-missing"] for one in empty.select("main [required]")}
    answer = browser.post(path, {"sent": "empty"})
    sent = BeautifulSoup(answer.content, "html5lib")
    for name, words in at_once.items():
        line = sent.select_one(f"#{name}_error > span")
        assert line is not None, name
        assert line.get_text() == f"Error: {words}"
    assert at_once


@pytest.mark.django_db
def test_a_web_address_says_what_is_wrong_when_it_is_left() -> None:
    page = client_for(make_person()).get("/settings/profile/")
    links = BeautifulSoup(page.content, "html5lib").select("main input[type=url]")
    said = "Write a web address that begins with https:// or http://."
    assert [one["data-type-mismatch"] for one in links] == [said] * 3


def test_numbers_and_addresses_have_words_for_what_a_browser_sees() -> None:
    class Form(forms.Form):
        days = forms.IntegerField(min_value=14, error_messages={"invalid": "Only figures."})
        email = forms.EmailField(required=False)
        link = PublicUrlField(required=False)

    form = Form({"link": "potter"})
    assert jinja.wrong_words(form["days"]) == {
        "data-value-missing": "Fill in “Days”",
        "data-bad-input": "Only figures.",
        "data-range-underflow": "Ensure this value is greater than or equal to 14.",
    }
    assert jinja.wrong_words(form["email"]) == {
        "data-type-mismatch": "Enter a valid email address."
    }
    assert jinja.wrong_words(form["link"]) == {"data-type-mismatch": form.errors["link"][0]}


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "503"])
def test_error_page_renders_without_a_request(name: str) -> None:
    text = environment().get_template(f"{name}.html").render()
    soup = assert_good_html(
        text.replace(
            "hidden><input", 'hidden><input name="csrfmiddlewaretoken" type="hidden"><input'
        )
    )
    assert soup.select_one("form[role=search] input[name=q]"), "an error offers search"
    assert soup.select_one("main a[href='/']"), "and the way home"


@pytest.mark.parametrize(
    ("amount", "options", "text"),
    [
        (Money(123456, "EUR"), {}, "€1,234.56"),
        (Money(9600, "EUR"), {"whole": True}, "€96"),
        (Money(9650, "EUR"), {"whole": True}, "€96.50"),
        (Money(-800, "EUR"), {}, "\N{MINUS SIGN}€8.00"),
        (Money(800, "EUR"), {"signed": True}, "+€8.00"),
        (Money(0, "EUR"), {"signed": True}, "€0.00"),
        (Money(1500, "JPY"), {}, "¥1,500"),
        (Money(1234, "KWD"), {}, "KWD\N{NO-BREAK SPACE}1.234"),
    ],
)
def test_money_reads_as_people_write_it(amount: Money, options: dict[str, Any], text: str) -> None:
    assert figures.money(amount, **options) == text
    assert figures.money(amount.amount, amount.currency, **options) == text


def test_times_are_short_and_name_another_year() -> None:
    at = datetime(2026, 11, 26, 10, 46, tzinfo=UTC)
    with clock.fixed(at):
        assert figures.date(at) == "Thu 26 Nov"
        assert figures.date(date(2027, 1, 5)) == "Tue 5 Jan 2027"
        assert figures.date(at, "long") == "26 November 2026"
        assert figures.date_and_time(at) == "Thu 26 Nov, 10:46"
        assert figures.isotime(at) == "2026-11-26T10:46:00Z"
        assert figures.naturaltime(at - timedelta(seconds=20)) == "just now"
        assert figures.naturaltime(at - timedelta(minutes=5)) == "5 minutes ago"
        assert figures.naturaltime(at - timedelta(days=9)) == "Tue 17 Nov"


def test_compact_counts() -> None:
    assert [figures.compact(n) for n in (999, 1000, 18_240, 2_000_000)] == [
        "999",
        "1k",
        "18.2k",
        "2m",
    ]


def test_spots_stay_on_the_picture() -> None:
    sheet = (ROOT / "static/css/spots.css").read_text()
    values = dict(re.findall(r"\.([xy]-\d+) \{\n    --[xy]-(?:tens|ones): (\d+);", sheet))
    assert ".spot {" in sheet

    def place(x: float, y: float) -> list[int]:
        """Where the sheet puts it; a class that it does not know is a KeyError."""
        spot, *names = jinja.spot(x, y).split()
        assert spot == "spot"
        return [sum(int(values[one]) for one in names if one[0] == axis) for axis in "xy"]

    for percent in range(101):
        assert place(percent, 100 - percent) == [percent, 100 - percent]
    assert place(33.3, 49.9) == [33, 50]
    assert place(-5, 140) == [0, 100]


def test_a_crop_keeps_the_focal_point_in_view() -> None:
    photo = SamplePicture(focus="focus fx-20 fy-75")
    assert 'class="thumb focus fx-20 fy-75"' in pictures.picture(photo, cls="thumb")
    assert "class" not in pictures.picture(SamplePicture())


def test_line_chart_scales_and_tells() -> None:
    days = [date(2026, 11, day) for day in range(1, 11)]
    chart = charts.line_chart(days=days, values=list(range(10)), before=[1] * 10)
    assert chart.now_points.startswith("0.0,236.0")
    assert chart.peak is not None
    assert chart.peak.x == 100
    assert chart.ticks[-1] == "0"
    assert "at most 9" in chart.summary
    assert len(chart.rows) == 10


def test_line_chart_of_nothing() -> None:
    days = [date(2026, 11, 1), date(2026, 11, 2)]
    chart = charts.line_chart(days=days, values=[0, 0])
    assert chart.peak is None
    assert "Nothing" in chart.summary
    assert chart.ticks == ["3", "2", "1", "0"]
    amounts = charts.line_chart(days=days, values=[0, 0], least=100_00)
    assert amounts.ticks[0] == "12,000", "minor units: its steps are whole euros"


def test_funnel_names_each_rate() -> None:
    chart = charts.funnel(
        steps=[("Seen", 200, "open"), ("Opened", 50, "buy"), ("Bought", 5, "overall")]
    )
    assert [step.rate for step in chart.steps] == ["25.0% open", "10.0% buy", "2.5% overall"]
    assert len(chart.paths) == 3
    empty = charts.funnel(steps=[("Seen", 0, "open"), ("Bought", 0, "overall")])
    assert [step.rate for step in empty.steps] == ["0.0% open", "0.0% overall"]
