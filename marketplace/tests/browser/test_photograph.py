"""A photograph from a phone becomes a product, a pin and a card on a follower's wall."""

import io
import secrets
import time
from collections.abc import Callable

import pytest
from PIL import Image

from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.hand import until
from marketplace.tests.browser.life import (
    BRAND,
    BRAND_NAME,
    become,
    make_product,
    pin_it,
    sign_up,
)

pytestmark = pytest.mark.slow

Visit = Callable[..., Visitor]
RED, BLUE = (200, 40, 40), (40, 60, 200)
ORIENTATION, GPS = 0x0112, 0x8825


def phone_photograph() -> bytes:
    """Twelve megapixels, held upright: stored lying, red above blue once it is turned."""
    lying = Image.new("RGB", (4032, 3024), RED)
    lying.paste(BLUE, (2016, 0, 4032, 3024))
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # turn a quarter clockwise to see it: what lies left comes to the top
    exif[0x010F] = f"Phone {secrets.token_hex(4)}"
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    file = io.BytesIO()
    lying.save(file, "JPEG", quality=88, exif=exif)
    return file.getvalue()


def test_on_the_follower_s_wall_upright_small_and_without_a_place(visit: Visit) -> None:
    photo = phone_photograph()
    assert Image.open(io.BytesIO(photo)).getexif().get_ifd(GPS)  # the control: it is in there
    follower, desk = visit(width=390), visit()
    sign_up(follower)
    follower.go(f"/@{BRAND}/").get_by_role("button", name="Follow").first.click()
    follower.page.get_by_role("button", name=f"Following {BRAND_NAME}").wait_for()

    become(desk, "brand")
    product = make_product(desk, photo=photo)
    pin_it(desk, product)
    card = follower.go("/following/").locator(".pin").first
    assert product.title in card.inner_text()

    # At once a JPEG; as soon as the worker is through, AVIF and WebP in all widths.
    # A market that has just started draws its four hundred demo pictures before.
    end = time.monotonic() + 600
    while not card.locator("source[type='image/avif']").count():
        assert time.monotonic() < end, "no AVIF of the photograph"
        time.sleep(2)
        card = follower.go("/following/").locator(".pin").first
    picture = card.locator("picture img").first
    until(
        follower.page,
        "() => { const one = document.querySelector('.pin picture img');"
        " return one.complete && one.naturalWidth; }",
    )
    assert picture.evaluate("(one) => one.currentSrc").endswith(".avif")
    wide, high = picture.evaluate("(one) => [one.naturalWidth, one.naturalHeight]")
    assert high > wide

    served = set()
    for kind in ("avif", "webp", "jpeg"):
        for address in addresses(follower, kind):
            answer = follower.context.request.get(f"{follower.url}{address}")
            assert answer.status == 200
            assert answer.headers["content-type"] == f"image/{kind}"
            served.add(kind)
            look(answer.body())
    assert served == {"avif", "webp", "jpeg"}


def addresses(visitor: Visitor, kind: str) -> list[str]:
    """Every address of the first card's picture in this format."""
    found = visitor.page.locator(".pin").first.evaluate(
        """(card, kind) => kind === "jpeg"
          ? [card.querySelector("picture img").getAttribute("src")]
          : card.querySelector(`source[type="image/${kind}"]`).srcset.split(",")
              .map((one) => one.trim().split(" ")[0])""",
        kind,
    )
    return list(found)


def look(data: bytes) -> None:
    """Upright (red on top), and nothing of the place or the phone left."""
    image = Image.open(io.BytesIO(data))
    assert image.height > image.width
    assert not image.getexif()
    assert b"Phone" not in data
    assert b"GPS" not in data
    top = image.convert("RGB").getpixel((image.width // 2, image.height // 8))
    low = image.convert("RGB").getpixel((image.width // 2, image.height * 7 // 8))
    assert isinstance(top, tuple)
    assert isinstance(low, tuple)
    assert top[0] > top[2] + 60
    assert low[2] > low[0] + 60
