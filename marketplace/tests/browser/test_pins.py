"""A pin with three products, made by mouse, by touch and by keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Hand, Keys
from marketplace.tests.browser.life import BRAND, become, file_of, picture

Visit = Callable[..., Visitor]
LIST = f"/studio/{BRAND}/pins/"


def upload(page: Page, *names: str) -> None:
    files: Any = [one for name in names or ("shelf.jpg",) for one in file_of(picture(), name)]
    page.set_input_files("#pictures", files)


def editor(visitor: Visitor) -> Page:
    """The editor of a picture that was just uploaded."""
    page = visitor.go(f"{LIST}new/")
    upload(page)
    page.wait_for_url("**/edit/")
    return page


def dot(page: Page, number: int) -> Locator:
    return page.locator(f".tagger a.dot[data-n='{number}']")


def places(page: Page) -> list[tuple[str, str]]:
    """What the number fields say, tag by tag."""
    count = page.locator("#tags details").count()
    return [
        (page.locator(f"#t{n}-x").input_value(), page.locator(f"#t{n}-y").input_value())
        for n in range(1, count + 1)
    ]


def point(page: Page, x: int, y: int) -> tuple[float, float]:
    box = page.locator(".tagger__pic").bounding_box()
    assert box is not None
    return box["x"] + box["width"] * x / 100, box["y"] + box["height"] * y / 100


def closeup(page: Page) -> list[tuple[str, str, str]]:
    """Number and classes of each dot of the published pin; the list has the same numbers."""
    page.wait_for_url(re.compile(r"/pin/[a-z0-9]{12}/$"))
    numbers = page.locator(".shop .n").all_inner_texts()
    found = []
    for one in page.locator(".closeup a.dot").all():
        classes = (one.get_attribute("class") or "").split()
        x, y = (
            f"{axis}-{sum(int(name[2:]) for name in classes if name[:2] == f'{axis}-')}"
            for axis in "xy"
        )
        found.append((one.get_attribute("data-n") or "", x, y))
    assert [number for number, _x, _y in found] == numbers
    return found


def test_by_mouse(visit: Visit) -> None:
    visitor = visit()
    become(visitor, "brand")
    page = editor(visitor)
    for number, (x, y) in enumerate([(20, 30), (60, 40), (80, 80)], start=1):
        page.mouse.click(*point(page, x, y))
        expect(page.locator("#find")).to_be_focused()
        page.locator(".hits button").first.click()
        dot(page, number).wait_for()
    assert places(page) == [("20", "30"), ("60", "40"), ("80", "80")]
    dot(page, 3).hover()
    page.mouse.down()
    page.mouse.move(*point(page, 75, 60), steps=4)
    page.mouse.move(*point(page, 70, 57))
    page.mouse.up()
    assert places(page)[2] == ("70", "57")
    page.locator("#tag-2 summary").click()
    page.locator("#tag-2").get_by_role("button", name="Remove tag").click()
    expect(page.locator("#tags details")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#tags details")).to_have_count(3)
    assert places(page) == [("20", "30"), ("60", "40"), ("70", "57")]
    page.get_by_role("button", name="Publish pin").first.click()
    assert closeup(page) == [("1", "x-20", "y-30"), ("2", "x-60", "y-40"), ("3", "x-70", "y-57")]


def test_by_touch(visit: Visit) -> None:
    visitor = visit(width=390, has_touch=True, is_mobile=True)
    become(visitor, "brand")
    page = editor(visitor)
    for number, (x, y) in enumerate([(25, 25), (50, 50), (75, 75)], start=1):
        page.locator(".tagger__pic").scroll_into_view_if_needed()
        page.touchscreen.tap(*point(page, x, y))
        page.locator(".hits button").first.tap()
        dot(page, number).wait_for()
    assert places(page) == [("25", "25"), ("50", "50"), ("75", "75")]
    dot(page, 1).scroll_into_view_if_needed()
    finger = visitor.context.new_cdp_session(page)
    start, end = point(page, 25, 25), point(page, 40, 35)
    for kind, at in (("touchStart", [start]), ("touchMove", [end]), ("touchEnd", [])):
        points = [{"x": x, "y": y} for x, y in at]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert places(page)[0] == ("40", "35")
    # Chromium makes no click of the first tap after such a drag, on any page, without any script.
    page.get_by_role("heading", name="Words").tap()
    page.get_by_role("button", name="Publish pin").first.tap()
    assert closeup(page) == [("1", "x-40", "y-35"), ("2", "x-50", "y-50"), ("3", "x-75", "y-75")]


def test_by_keyboard_alone(visit: Visit) -> None:
    visitor = visit()
    become(visitor, "brand")
    page = editor(visitor)
    keys = Keys(page)
    keys.to("#find")
    for number, words in enumerate(["vase", "bowl", "lamp"], start=1):
        keys.type(words)
        keys.press("Enter")
        expect(page.locator("#find-h")).to_contain_text("found")
        expect(page.locator("#find")).to_be_focused()
        keys.to("button[name=tag]")
        keys.press("Enter")
        dot(page, number).wait_for()
        expect(dot(page, number)).to_be_focused()
        if number < 3:
            keys.to("#find")
    before = places(page)
    for key in ("ArrowLeft", "Shift+ArrowUp", "ArrowDown"):
        keys.press(key)
    x, y = (int(one) for one in before[2])
    assert places(page) == [*before[:2], (str(x - 1), str(y - 9))]
    keys.to(".edit__side button[value=publish]")
    keys.press("Enter")
    assert closeup(page)[2] == ("3", f"x-{x - 1}", f"y-{y - 9}")


@pytest.mark.parametrize("start", [LIST, f"/studio/{BRAND}/"])
def test_three_clicks_when_one_knows_the_way(visit: Visit, start: str) -> None:
    """The button asks for the picture at once."""
    visitor = visit()
    become(visitor, "brand")
    page = visitor.go(start)
    hand = Hand(page)
    with page.expect_file_chooser() as chooser:
        hand.click(page.get_by_role("link", name="New pin"))
    chooser.value.set_files(file_of(picture()))  # type: ignore[arg-type]
    page.wait_for_url("**/edit/")
    hand.click(page.locator(".hits button").first)
    dot(page, 1).wait_for()
    hand.click(page.get_by_role("button", name="Publish pin").first)
    page.wait_for_url(re.compile(r"/pin/[a-z0-9]{12}/$"))
    assert page.locator(".closeup .buy").count()
    assert hand.clicks <= 3


@pytest.mark.slow
def test_four_clicks_the_first_time(visit: Visit) -> None:
    visitor = visit()
    become(visitor, "brand")
    page = visitor.go(LIST)
    hand = Hand(page)
    # To the page in between, where several pictures at once show how far they are.
    address = page.get_by_role("link", name="New pin").get_attribute("href")
    hand.clicks += 1
    page.goto(f"{visitor.url}{address}")
    with page.expect_file_chooser() as chooser:
        hand.click(page.locator("#pictures"))
    chooser.value.set_files(file_of(picture()))  # type: ignore[arg-type]
    page.wait_for_url("**/edit/")
    hand.click(page.locator(".hits button").first)
    dot(page, 1).wait_for()
    hand.click(page.get_by_role("button", name="Publish pin").first)
    page.wait_for_url(re.compile(r"/pin/[a-z0-9]{12}/$"))
    assert page.locator(".closeup .buy").count()
    assert hand.clicks <= 4


@pytest.mark.slow
@pytest.mark.parametrize("width", [390])
def test_several_pictures_each_with_its_progress(visit: Visit, width: int) -> None:
    visitor = visit(width=width)
    become(visitor, "buyer")
    page = visitor.go("/pin/new/")
    files: Any = [
        *file_of(picture(), "one.jpg"),
        {"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"},
        *file_of(picture(), "two.jpg"),
    ]
    page.set_input_files("#pictures", files)
    expect(page.locator(".sent").get_by_role("link", name="Edit")).to_have_count(2)
    # An error like any other, in the column of what is said about the others.
    error = page.locator(".sent li").nth(1).locator(".field__err")
    expect(error).to_contain_text("Please choose a picture")
    expect(error.locator("svg")).to_be_visible()
    colour = "one => getComputedStyle(one).color"
    name = page.locator(".sent b").nth(1)
    assert error.evaluate(colour) != name.evaluate(colour)
    column = "one => [one.getBoundingClientRect().x, one.getBoundingClientRect().width]"
    above = page.locator(".sent li").first.get_by_text("Draft made")
    assert error.evaluate(column)[0] == above.evaluate(column)[0]
    assert error.evaluate(column)[1] > 150
    page.get_by_role("link", name="See the drafts").click()
    expect(page.locator("main tbody tr").first).to_contain_text("two")


@pytest.mark.slow
def test_another_picture_is_chosen_by_one_button_and_seen_at_once(visit: Visit) -> None:
    visitor = visit()
    become(visitor, "brand")
    page = editor(visitor)
    saved = page.locator(".saved")
    expect(saved).to_contain_text("Draft saved")
    page.locator("[name=title]").fill("Typed before")
    expect(saved).to_have_text("Not saved yet")
    page.locator("#find").fill("vase")
    page.keyboard.press("Enter")
    expect(page.locator("#find-h")).to_contain_text("found")
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.accept())
        page.reload()
    assert asked.value.type == "beforeunload"
    expect(saved).to_contain_text("Draft saved")
    page.locator("[name=title]").fill("Typed before")
    shown = page.locator(".tagger__pic img")
    before = shown.get_attribute("src")
    with page.expect_file_chooser() as chooser:
        page.locator("summary", has_text="Replace").click()
    files: Any = file_of(picture(), "another.jpg")
    chooser.value.set_files(files)
    page.get_by_text("The new picture is kept.").wait_for()
    assert shown.get_attribute("src") != before
    assert page.locator("[name=title]").input_value() == "Typed before"
    page.locator("label", has_text="Only with the link").click()
    page.get_by_role("button", name="Publish pin").first.click()
    page.wait_for_url(re.compile(r"/pin/[a-z0-9]{12}/$"))
    expect(page.locator(".closeup")).to_contain_text("only with the link")


@pytest.mark.slow
def test_further_pictures_are_added_described_sorted_and_seen(visit: Visit) -> None:
    visitor = visit()
    become(visitor, "brand")
    page = editor(visitor)
    publish = page.get_by_role("button", name="Publish pin").first
    publish.click()
    expect(page.locator(".errs")).to_contain_text("Give the pin a title")
    expect(page.locator(".saved")).to_have_text("Not saved yet")
    page.get_by_role("heading", name="Words").click()
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.evaluate("setTimeout(() => location.assign('/help/'))")
    assert asked.value.type == "beforeunload", "what came back is not saved either"

    page.locator("[name=title]").fill("From all sides")
    with page.expect_file_chooser() as chooser:
        page.locator("[data-ask]:has(#id_more) summary").click()
    files: Any = [one for name in ("back", "room") for one in file_of(picture(), f"{name}.jpg")]
    chooser.value.set_files(files)
    expect(page.locator(".further li")).to_have_count(2)
    expect(page.locator("#p-1-alt")).to_be_focused()
    page.locator("#p-0-alt").fill("The back")
    page.locator("#p-1-alt").fill("In a room")
    page.locator(".further").get_by_role("button", name="Earlier, further picture 2").click()
    expect(page.locator("#p-0-alt")).to_have_value("In a room")
    publish.click()
    page.wait_for_url(re.compile(r"/pin/[a-z0-9]{12}/$"))
    alts = page.locator(".closeup__more img").evaluate_all("all => all.map((one) => one.alt)")
    assert alts == ["In a room", "The back"]

    # An address that could not be copied stands there to be taken by hand.
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("details.share summary").click()
    for could in (False, True):
        page.evaluate(f"document.execCommand = () => {str(could).lower()}")
        page.locator("details.share [data-copy]").click()
        expect(page.locator(".toast", has_text="Copied")).to_have_count(int(could))
        if not could:
            expect(page.locator("#share-address")).to_be_focused()
