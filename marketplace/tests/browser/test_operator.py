"""An operator looks at a brand and takes a pin down; everybody sees it at once."""

import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.life import BRAND, become, make_product, pin_it
from marketplace.tests.browser.pages import DECIDE

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]


def decide(page: Page, action: str, reason: str, button: str) -> None:
    """Choose the only row, an action, and give the reason that the next page asks for."""
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option(action)
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()
    page.locator("[name=reason]").fill(reason)
    page.get_by_role("button", name=button).click()
    page.locator(".messagelist").wait_for()


def test_a_brand_whose_papers_lack_something_stays_nobody_s_to_see(visit: Visit) -> None:
    """How one with all of them is let in: test_name_to_sold."""
    guest, operator = visit(), visit()
    become(operator, "operator")
    handle = new_brand(operator)
    assert guest.context.request.get(f"{guest.url}/@{handle}/").status == 404

    page = operator.go(f"/admin/accounts/profile/?q={handle}")
    decide(page, "approve", "Papers were checked.", "Approve")
    assert "Missing: Phone, Contact e-mail" in page.locator(".messagelist").inner_text()
    assert guest.context.request.get(f"{guest.url}/@{handle}/").status == 404


def new_brand(operator: Visitor) -> str:
    """Another applicant, so that this can be done again; the demo's own one waits as well."""
    handle = f"rope-{secrets.token_hex(4)}"
    page = operator.go("/admin/accounts/profile/add/")
    name = f"Salt and rope {handle[-8:]}"
    for label, text in (
        ("Name:", name),
        ("Handle:", handle),
        ("Legal name:", "Salt and rope d.o.o."),
        ("Contact e-mail:", "hello@salt.example"),
        ("Street and number:", "Obala 3"),
        ("Postcode:", "21000"),
        ("City:", "Split"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Country:", exact=True).select_option("HR")
    page.locator(".field-owner .select2-selection").click()
    page.locator(".select2-search__field").fill("noor")
    page.locator(".select2-results__option", has_text="noor").first.click()
    page.locator("input[name=_save]").click()
    page.locator(".messagelist").wait_for()
    return handle


@pytest.mark.parametrize("width", [1440, 390])
def test_papers_are_decided_in_a_form_that_looks_like_the_others(visit: Visit, width: int) -> None:
    operator = visit(width=width)
    become(operator, "operator")
    page = operator.go("/admin/brands/review/?state__exact=open")
    page.locator(DECIDE).first.click()
    page.wait_for_url("**/decide/")
    label, field = page.locator("label[for=reason-vat]"), page.locator("#reason-vat")
    of_label, of_field = label.bounding_box(), field.bounding_box()
    assert of_label
    assert of_field
    if width > 1000:
        assert of_field["x"] >= of_label["x"] + 160, "in a column of its own"
    else:
        assert of_field["y"] >= of_label["y"] + of_label["height"], "below its label"
    field.fill("It belongs to another firm.")
    page.get_by_role("button", name="Let the brand in").click()
    expect(page.locator("#problem-vat")).to_be_visible()
    expect(field).to_have_value("It belongs to another firm.")


def test_a_pin_that_is_taken_down_is_gone_everywhere(visit: Visit) -> None:
    guest, desk, operator = visit(), visit(), visit()
    become(desk, "brand")
    become(operator, "operator")
    product = make_product(desk)
    pin = pin_it(desk, product)
    walls = ["/", "/explore/", f"/@{BRAND}/", f"/search/?q={product.title}&kind=pin"]

    def shown() -> list[str]:
        get = guest.context.request.get
        return [one for one in walls if pin in get(f"{guest.url}{one}").text()]

    assert guest.context.request.get(f"{guest.url}{pin}").status == 200
    seen = shown()
    assert f"/@{BRAND}/" in seen
    assert walls[-1] in seen

    page = operator.go(f"/admin/feed/pin/?q={pin.split('/')[2]}")
    decide(page, "take_down", "It shows somebody else's work.", "Take down")
    assert shown() == []
    gone = guest.go(pin)
    assert gone.get_by_role("heading", level=1).is_visible()
    assert guest.context.request.get(f"{guest.url}{pin}").status == 404
