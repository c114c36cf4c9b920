"""What a brand writes in long forms: a product by keyboard alone, a collection by hand and rule."""

import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import Keys, until
from marketplace.tests.browser.life import BRAND, become, file_of, picture
from marketplace.tests.browser.looks import LOOKS, look_around, spilt

pytestmark = pytest.mark.slow
Visit = Callable[..., Visitor]
STUDIO = f"/studio/{BRAND}"
SIZES = ("S", "M", "L")
GLAZES = ("Teal", "Sand", "Chalk")


def pictures(count: int) -> Any:
    return [one for number in range(count) for one in file_of(picture(), f"vase-{number}.jpg")]


def strip(page: Page) -> list[str]:
    """The pictures of the editor in their order."""
    ids = "all => all.map(one => one.value)"
    found: list[str] = page.locator("input[name=kept]").evaluate_all(ids)
    return found


def into(keys: Keys, selector: str, text: str) -> None:
    """Tab to a field and type into it."""
    keys.to(selector)
    keys.press("ControlOrMeta+a")
    keys.type(text)


def test_a_product_with_nine_variants_and_five_pictures_by_keyboard(visit: Visit) -> None:
    visitor = visit()
    become(visitor, "brand")
    page = visitor.go(f"{STUDIO}/products/new/")
    keys = Keys(page)
    mark = secrets.token_hex(3).upper()

    into(keys, "#id_description", "Thrown by hand in Marseille.")
    keys.to("#id_category")
    page.locator("#id_category").select_option("vases")  # a select's own list is the system's
    expect(page.get_by_text("Material", exact=True).first).to_be_visible()
    # An option is asked for and has the focus; so has each further value after Enter.
    rows = page.locator("[data-grid] tbody tr")
    for number, (name, values) in enumerate((("Glaze", GLAZES), ("Height", SIZES))):
        page.get_by_role("button", name="Option", exact=True).focus()
        keys.press("Enter")
        expect(page.locator(f"#id_option_{number}")).to_be_focused()
        keys.type(name)
        keys.to(f"#id_values_{number}")
        for place, value in enumerate(values):
            keys.type(value)
            if place < len(values) - 1:
                keys.press("Enter")
                expect(page.locator(f"#id_values_{number}_{place + 1}")).to_be_focused()
        keys.tab()
        expect(rows).to_have_count(3 ** (number + 1))

    # The grid is walked by arrows; price and stock are taken over from above.
    page.locator("#v-0-sku").focus()
    for number in range(9):
        keys.press("ControlOrMeta+a")
        keys.type(f"K-{mark}-{number}")
        keys.press("ArrowDown")
    page.locator("#v-0-price").fill("48.00")
    page.locator("#v-0-stock").fill("7")
    for column in ("price", "stock"):
        page.locator(f"#v-0-{column}").focus()
        for _ in range(8):
            keys.press("ArrowDown")
            keys.press("ControlOrMeta+d")
    assert [page.locator(f"#v-{n}-price").input_value() for n in range(9)] == ["48.00"] * 9

    # Refused: it has no title. Everything that was typed is still there, the pictures, too.
    page.set_input_files("#id_pictures", pictures(5))
    expect(page.locator("input[name=kept]")).to_have_count(5)
    keys.press("ControlOrMeta+s")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Fill in “Title”")
    expect(rows).to_have_count(9)
    assert page.locator("#v-8-sku").input_value() == f"K-{mark}-8"
    assert page.locator("#id_description").input_value() == "Thrown by hand in Marseille."
    first = strip(page)
    assert len(first) == 5

    # Words and order of the pictures.
    page.locator("input[name=shown]:checked").focus()
    keys.press("ArrowRight")  # from the last, which is open after an upload, to the first
    page.locator(f"#alt-{first[0]}").fill("A teal vase on a shelf")
    page.locator("input[name=shown]:checked").focus()
    keys.press("ArrowRight")
    expect(page.locator(f"#alt-{first[1]}")).to_be_visible()
    page.locator(f"[data-item='{first[1]}'] [data-move='first']").focus()
    keys.press("Enter")
    assert strip(page)[:2] == [first[1], first[0]]
    page.locator(f"[data-item='{first[1]}'] [data-move='1']").focus()
    keys.press("Enter")
    assert strip(page)[:2] == [first[0], first[1]]
    page.locator(f"[data-item='{first[1]}'] [data-move='1']").focus()
    keys.press("Enter")
    expect(page.locator("[data-order-says]")).to_have_text("Now picture 3 of 5")

    # A day and an hour.
    page.locator("input[name=to][value=draft]").focus()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(page.locator("input[name=to][value=scheduled]")).to_be_checked()
    day = datetime.now(UTC) + timedelta(days=60)
    page.locator("#id_publish_at").fill(f"{day:%Y-%m-%d}T09:30")
    page.locator("#id_title").fill(f"Keyboard vase {mark}")
    wanted = strip(page)
    keys.press("ControlOrMeta+s")
    page.wait_for_url(re.compile(r"/products/[a-z0-9]{12}/"))
    expect(page.get_by_text(re.compile(rf"goes on sale on \w+ {day.day} .*09:30"))).to_be_visible()

    page.reload()
    expect(rows).to_have_count(9)
    assert strip(page) == wanted == [first[0], first[2], first[1], first[3], first[4]]
    assert page.locator(f"#alt-{first[0]}").input_value() == "A teal vase on a shelf"
    assert page.locator("#v-8-stock").input_value() == "7"

    # What is typed now is told before it is saved, and is taken back by one press.
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#v-0-price").fill("52.00")
    keys.tab()
    page.get_by_role("button", name="Remove Chalk").focus()
    keys.press("Enter")
    told = page.locator("[data-part=changes]")
    expect(told).to_contain_text("Price of Teal, S: €48.00€52.00")
    expect(told).to_contain_text("Gone: Chalk, L")
    page.get_by_role("link", name="Undo all").click()
    expect(rows).to_have_count(9)
    assert page.locator("#v-0-price").input_value() == "48.00"

    # Short values are wide enough for a finger; a state with a day and an hour is all there.
    assert look_around(page, LOOKS) == []
    assert look_around(visitor.go(f"{STUDIO}/products/?q={mark}"), LOOKS) == []
    visitor.page.set_viewport_size({"width": 1440, "height": 900})
    assert spilt(visitor.page) == []


def test_advice_on_words_is_for_these_words_alone(visit: Visit) -> None:
    visitor = visit()
    become(visitor, "brand")
    page = visitor.go(f"{STUDIO}/pins/new/")
    page.set_input_files("#pictures", pictures(1))
    page.wait_for_url("**/edit/")
    alt, advice = page.locator("#id_alt"), page.locator("#alt-advice")
    expect(advice).to_contain_text("Nobody who cannot see the picture")
    alt.fill("Vase")
    expect(advice).to_be_hidden()
    alt.fill("")
    expect(advice).to_be_visible()
    alt.fill("Vase")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(advice).to_contain_text("A few more words would help")
    page.wait_for_load_state()
    alt.fill("A teal vase on a shelf")
    expect(advice).to_be_hidden()
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.locator(".saved")).to_contain_text("Draft saved")

    page = visitor.go(f"{STUDIO}/products/new/")
    page.set_input_files("#id_pictures", pictures(1))
    expect(page.locator("input[name=kept]")).to_have_count(1)
    alt = page.locator(f"#alt-{strip(page)[0]}")
    alt.fill("Vase")
    page.keyboard.press("ControlOrMeta+s")
    expect(page.get_by_role("alert")).to_contain_text("Fill in “Title”")
    advice = page.get_by_text("A few more words would help")
    expect(advice).to_be_visible()
    page.wait_for_load_state()
    alt.fill("A teal vase on a shelf")
    expect(advice).to_be_hidden()


def test_the_focal_point_goes_by_arrow_keys_and_stays(visit: Visit) -> None:
    visitor = visit()
    become(visitor, "brand")
    page = visitor.go(f"{STUDIO}/pins/new/")
    page.set_input_files("#pictures", pictures(1))
    page.wait_for_url("**/edit/")
    tool = page.locator("details.tool:has([data-points=one])")
    numbers = tool.locator("input[type=number]")

    def point() -> list[str]:
        found: list[str] = numbers.evaluate_all("all => all.map((one) => one.value)")
        return found

    assert point() == ["50", "50"]
    tool.locator("summary").click()
    mark = tool.get_by_role("button", name="Focal point. Arrow keys move it.")
    mark.focus()
    for key in ("ArrowRight", "ArrowUp", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect(mark).to_be_focused()
    assert point() == ["61", "49"]
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.locator(".saved")).to_contain_text("Draft saved")
    page.reload()
    assert point() == ["61", "49"]


def grip(page: Page, number: int) -> Locator:
    return page.locator(".put > li").nth(number).locator("[data-grip]")


def middle(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_collection_is_put_together_by_mouse_and_keyboard_and_by_a_rule(visit: Visit) -> None:
    visitor = visit()
    become(visitor, "brand")
    # On sale: what other tests left as drafts can be picked, too, and is not shown to anybody.
    on_sale = visitor.go(f"/@{BRAND}/shop/").locator("main h3").all_inner_texts()[:3]
    page = visitor.go(f"{STUDIO}/collections/new/")
    keys = Keys(page)
    title = f"Shelf {secrets.token_hex(3)}"
    page.get_by_label("Title", exact=True).fill(title)
    for one in on_sale:
        page.locator("label.pick", has_text=one).locator("input").first.check()
    page.get_by_role("button", name="Add what is ticked").click()
    items = page.locator(".put > li")
    expect(items).to_have_count(3)

    def order() -> list[str]:
        return [text.strip() for text in page.locator(".put b").all_inner_texts()]

    a, b, c = order()
    # By mouse: the third to the top. By keyboard: the second further down, the focus stays on it.
    grip(page, 2).scroll_into_view_if_needed()
    page.mouse.move(*middle(grip(page, 2)))
    page.mouse.down()
    page.mouse.move(*middle(items.nth(1)), steps=6)
    page.mouse.move(*middle(items.nth(0)), steps=6)
    page.mouse.up()
    assert order() == [c, a, b]
    page.get_by_role("button", name=f"Move {a} later").focus()
    keys.press("Enter")
    assert order() == [c, b, a]
    expect(page.get_by_role("button", name=f"Move {a} later")).to_be_focused()
    expect(page.locator("[data-order-says]")).to_have_text("Now number 3 of 3")
    page.get_by_role("button", name=f"Take {b} out").click()
    expect(items).to_have_count(2)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="View", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert page.locator("main h3").all_inner_texts() == [c, a]

    # The same by a rule: what it finds is counted before it is saved.
    page.go_back()
    page.locator("[name=kind][value=rule]").check()
    expect(items.first).to_be_hidden()
    page.get_by_label("Price up to").fill("60")
    page.get_by_role("button", name="See what it finds").click()
    found = page.locator("[data-part=match] [role=status]")
    expect(found).to_have_text(re.compile(r"\d+ products?"))
    count = int(found.inner_text().split()[0])
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="View", exact=True).click()
    until(page, "n => document.querySelectorAll('main h3').length === n", min(count, 24))
    assert count > 0

    # And away again, with a way back.
    page.go_back()
    page.get_by_role("button", name="Delete the collection").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name=title)).to_be_visible()
