"""Every component in every state, for those who build pages. Not served in production."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import clock
from core.money import Money
from marketplace import charts
from marketplace.jinja import static


@dataclass(frozen=True, kw_only=True)
class SamplePicture:
    """Stands in for a stored picture: one drawing, at any width."""

    width: int = 720
    height: int = 900
    bucket: str = "r-125"
    alt: str = "A tall teal vase on a shelf"
    ready: bool = False
    focus: str = ""
    focus_x: int = 50
    focus_y: int = 50

    def src(self, _width: int, _fmt: str) -> str:
        return static("img/sample.svg")

    def srcset(self, fmt: str) -> str:
        return f"{self.src(474, fmt)} 474w"


@dataclass(frozen=True, kw_only=True)
class SampleProfile:
    public_id: str = "sample"
    kind: str = "brand"
    handle: str = "ondine"
    name: str = "Ondine Studio"
    picture: SamplePicture | None = None
    verified: bool = True


@dataclass(frozen=True, kw_only=True)
class SampleReason:
    text: str
    beside: bool = False
    who: SampleProfile | None = None


@dataclass(frozen=True, kw_only=True)
class SampleCard:
    title: str
    public_id: str = "sample"
    kind: str = "product"
    picture: SamplePicture | None = field(default_factory=SamplePicture)
    author: SampleProfile = field(default_factory=SampleProfile)
    reason: SampleReason | None = None
    tag_count: int = 1
    price: Money | None = field(default_factory=lambda: Money(9600, "EUR"))
    availability: str = "in_stock"
    buy_variant_id: str | None = "sample"
    saved: bool = False
    touch: str = ""
    ribbon: str | None = None
    service: None = None


class SampleForm(forms.Form):
    """One field of each kind."""

    email = forms.EmailField(
        label="E-mail",
        help_text="For the receipt and delivery updates only",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"invalid": "Enter an e-mail address like name@example.org"},
    )
    name = forms.CharField(
        label="Full name", widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    postcode = forms.RegexField(
        r"^\d{5}$",
        label="Postcode",
        error_messages={"invalid": "Enter a postcode with 5 digits, like 75020"},
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    country = forms.ChoiceField(label="Country", choices=[("FR", "France"), ("DE", "Germany")])
    password = forms.CharField(
        label="Password",
        help_text="12 characters or more. Paste is fine.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    note = forms.CharField(
        label="Gift note", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    day = forms.ChoiceField(
        label="Delivery day",
        choices=[("thu", "Thu 26 Nov"), ("fri", "Fri 27 Nov")],
        widget=forms.RadioSelect,
    )
    photo = forms.FileField(label="Photograph", required=False)
    gift = forms.BooleanField(label="It is a gift: no prices in the parcel", required=False)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the whole set with sample data; it reads and writes nothing."""
    return render(request, "styleguide.html", _samples())


def _samples() -> dict[str, Any]:
    now = clock.now()
    today = now.date()
    days = [today - timedelta(days=29 - index) for index in range(30)]
    values = [31000 + index * 1600 + (index * 7919) % 9000 for index in range(30)]
    return {
        "cards": _cards(),
        "brand": SampleProfile(),
        "person": SampleProfile(kind="person", handle="mara", name="Mara Lindqvist"),
        "photo": SamplePicture(),
        "form": SampleForm(),
        "bad_form": SampleForm(
            {"email": "noor@example", "name": "Noor Haddad", "postcode": "7502", "country": "FR"},
            auto_id="bad_%s",
        ),
        "until": now + timedelta(minutes=14),
        "events": [
            (now - timedelta(minutes=20), "truck", _("Carrier collected the parcel"), "20861"),
            (now - timedelta(days=1), "package", _("Ondine Studio packed the vase"), "20861"),
            (now - timedelta(days=9), "credit-card", _("Payment confirmed"), ""),
        ],
        "sales": charts.line_chart(
            days=days,
            values=values,
            before=[value * 3 // 4 for value in values],
            show=lambda amount: f"€{amount // 100}",
        ),
        "path": charts.funnel(
            steps=[
                (_("Seen"), 48210, _("open")),
                (_("Opened"), 9640, _("view")),
                (_("Product"), 3180, _("start")),
                (_("Checkout"), 642, _("pay")),
                (_("Bought"), 486, _("overall")),
            ]
        ),
        "points": values[::3],
    }


def _cards() -> list[SampleCard]:
    wide = SamplePicture(width=720, height=590, bucket="r-82")
    return [
        SampleCard(
            title="A sideboard that glows after six",
            kind="look",
            tag_count=5,
            reason=SampleReason(text="Mara + 3 you follow saved this"),
        ),
        SampleCard(title="Dome lamp, burnt orange"),
        SampleCard(title="Arches hand-tufted rug, 170 by 240", ribbon="2 left", saved=True),
        SampleCard(
            title="Third winter, still the first thing I put on the sofa.",
            kind="note",
            author=SampleProfile(kind="person", handle="jonah", name="Jonah Adeyemi"),
            reason=SampleReason(text="Wool throw, undyed"),
        ),
        SampleCard(title="Nesting bowls, terracotta", availability="sold_out", picture=wide),
        SampleCard(title="One branch is enough", price=None, buy_variant_id=None, picture=None),
    ]
