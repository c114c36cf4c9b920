import pytest
from django.test import RequestFactory

from core import safe_next


@pytest.mark.parametrize(
    "wanted",
    [
        "//e.x",
        "/\\e.x",
        "https:e.x",
        "https://e.x/",
        "///e.x",
        "\\\\e.x",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
        "/\t/e.x",
        "e.x",
        "",
        "/" + "a" * 3_000,
    ],
)
def test_never_leaves_the_site(wanted):
    request = RequestFactory().post("/", {"next": wanted})
    assert safe_next(request, "/home/") == "/home/"


@pytest.mark.parametrize("wanted", ["/", "/bag/?x=1#y", "/%2f%2fe.x", "/search/?q=https://e.x"])
def test_goes_where_it_was_asked(wanted):
    assert safe_next(RequestFactory().get("/", {"next": wanted}), "/home/") == wanted
