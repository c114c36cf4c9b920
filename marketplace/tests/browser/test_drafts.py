"""What is typed into the product editor is kept on the device, and only until it is saved."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.life import BRAND, become, file_of, make_product, picture

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]
NEW = f"/studio/{BRAND}/products/new/"


def test_after_a_product_is_saved_the_next_one_starts_empty(visit: Visit) -> None:
    desk = visit()
    become(desk, "brand")
    make_product(desk)
    desk.page.wait_for_load_state("load")  # nobody is gone before the page's own scripts ran

    page = desk.go(NEW)
    page.wait_for_load_state("networkidle")
    assert page.get_by_label("Title", exact=True).input_value() == ""
    assert page.locator("[data-kept]").is_hidden()
    desk.check()


def test_what_is_chosen_and_typed_while_a_draft_comes_back_stays(visit: Visit) -> None:
    desk = visit()
    become(desk, "brand")
    page = desk.go(NEW)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("Title", exact=True).fill("Typed before the train went into the tunnel")
    kept(page)

    held: list[Route] = []
    page.route(f"**{NEW}", lambda route: hold(route, held))
    page.reload()
    while not held:
        page.wait_for_timeout(50)
    page.locator("input[type=file]").set_input_files(file_of(picture()))  # type: ignore[arg-type]
    page.get_by_label("Description").fill("Typed while the draft came back")
    held[0].continue_()
    page.locator("[data-kept]:not([hidden])").wait_for()
    expect(page.get_by_label("Description")).to_have_value("Typed while the draft came back")
    # The day and hour are written as the page writes its own.
    said = re.compile(
        r"typed on [A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2}, \d\d:\d\d and not saved is back"
    )
    expect(page.locator("[data-kept-words]")).to_have_text(said)

    title = page.get_by_label("Title", exact=True).input_value()
    assert title == "Typed before the train went into the tunnel"
    expect(page.locator("input[name=kept]")).to_have_count(1)
    desk.check()


def test_questions_that_arrive_take_nobody_out_of_another_field(visit: Visit) -> None:
    desk = visit()
    become(desk, "brand")
    page = desk.go(NEW)
    held: list[Route] = []
    page.route(f"**{NEW}", lambda route: hold(route, held))
    page.get_by_label("Title", exact=True).fill("A bowl")
    page.get_by_label("Category").select_option("bowls")
    while not held:
        page.wait_for_timeout(50)
    page.locator("[name='v-0-sku']").focus()
    page.keyboard.type("BOWL")
    held[0].continue_()
    page.get_by_text("Material", exact=True).first.wait_for()
    page.keyboard.type("-7")

    assert page.locator("[name='v-0-sku']").input_value() == "BOWL-7"
    assert page.get_by_label("Title", exact=True).input_value() == "A bowl"
    page.on("dialog", lambda dialog: dialog.accept())
    desk.check()


def test_an_upload_that_is_refused_on_the_way_takes_nothing_with_it(visit: Visit) -> None:
    """A proxy answers with a page of its own; then the network is gone, then it is back."""
    person = visit()
    become(person, "buyer")
    page = person.go("/settings/profile/")
    bio = f"Typed at {uuid4().hex[:8]}, with care."
    page.locator("textarea[name=bio]").fill(bio)
    page.locator("input[name=picture]").set_input_files(file_of(picture()))  # type: ignore[arg-type]
    met: list[str] = []
    page.route("**/settings/profile/", lambda route: refuse(route, met))
    save = page.locator("main form:has(input[name=picture]) button[type=submit]").last
    save.click()
    expect(page.locator(".toast--bad")).to_be_visible()
    assert page.locator("textarea[name=bio]").input_value() == bio
    with page.expect_navigation():
        save.click()
    assert met == ["413", "gone", "through"]
    page.unroute("**/settings/profile/")
    expect(person.go("/settings/profile/").locator("textarea[name=bio]")).to_have_value(bio)


def refuse(route: Route, met: list[str]) -> None:
    """Answer the first form like a proxy, lose the second, let the third through."""
    if route.request.method != "POST":
        route.continue_()
    elif not met:
        met.append("413")
        route.fulfill(status=413, content_type="text/html", body="<h1>Too large</h1>")
    elif len(met) == 1:
        met.append("gone")
        route.abort()
    else:
        met.append("through")
        route.continue_()


def kept(page: Page) -> None:
    """Wait until the draft is on the device."""
    stored = "Object.keys(localStorage).filter(key => key.startsWith('parley:draft')).length"
    while not page.evaluate(stored):
        page.wait_for_timeout(50)


def hold(route: Route, held: list[Route]) -> None:
    """Keep the first form that is posted from going on; everything else goes its way."""
    if route.request.method == "POST" and not held:
        held.append(route)
    else:
        route.continue_()
