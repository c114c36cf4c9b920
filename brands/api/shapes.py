"""What is sent about a brand's papers, and how they are shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_countries import countries
from rest_framework import serializers

from accounts.shapes import ByLineOut
from api.fields import Choice, Flag, Id, In, Instant, Mail, Out, PictureField, Text, Whole, Word
from brands.trader import trader_problems


class FoundIn(In):
    """How a new brand is called. Without a handle one is made from the name."""

    name = Text(limit=50)
    handle = Word(most=31, required=False, allow_blank=True, default="")


class ItemOut(Out):
    """One line of the checklist: what it holds now (`said`), and what is to do or why."""

    code = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=["done", "missing", "waiting", "change"])
    words = serializers.CharField()
    said = serializers.CharField()


class PastReviewOut(Out):
    """One time that operators looked at the papers, and the reasons of what they sent back."""

    kind = serializers.CharField()
    state = serializers.CharField()
    submitted_at = Instant()
    decided_at = Instant(allow_null=True)
    note = serializers.CharField()
    refused = serializers.SerializerMethodField()

    def get_refused(self, review: Any) -> list[str]:
        """Title and reason of each item."""
        return [f"{title}: {reason}" for title, reason in review.refused]


class DomainOut(Out):
    """A claimed domain. Prove it by the file or by the meta tag on its front page."""

    domain = serializers.CharField()
    file_url = serializers.CharField()
    file_text = serializers.CharField()
    meta_tag = serializers.CharField()
    asked_at = Instant(allow_null=True)
    proved_at = Instant(allow_null=True)


class OwnTraderOut(Out):
    """Who answers for the brand by law, as it was written."""

    name = serializers.CharField()
    line1 = serializers.CharField()
    line2 = serializers.CharField()
    postcode = serializers.CharField()
    city = serializers.CharField()
    country = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    registration_number = serializers.CharField()
    vat_id = serializers.CharField()
    checked_at = Instant(allow_null=True)


class PoliciesOut(Out):
    """How parcels leave and may come back."""

    return_days = serializers.IntegerField()
    returns_free = serializers.BooleanField()
    returns_policy = serializers.CharField()
    delivery_policy = serializers.CharField()
    reply_hours = serializers.IntegerField()


class PapersOut(Out):
    """A brand's papers: the checklist, what stands in it, and what operators said so far."""

    brand = ByLineOut()
    state = serializers.CharField()
    complete = serializers.BooleanField()
    items = ItemOut(many=True)
    history = PastReviewOut(many=True)
    trader = OwnTraderOut()
    unregistered = serializers.BooleanField()
    vat_exempt = serializers.BooleanField()
    confirmed_email = serializers.CharField()
    declared_at = Instant(allow_null=True)
    declared_name = serializers.CharField()
    policies = PoliciesOut(allow_null=True)
    picture = PictureField(allow_null=True)
    cover = PictureField(allow_null=True)
    domain = DomainOut(allow_null=True)


class TraderIn(In):
    """Who answers for the brand, whole. Give a number, or say that there is none."""

    name = Text(limit=200)
    line1 = Text(limit=120)
    line2 = Text(limit=120, required=False, allow_blank=True, default="")
    postcode = Text(limit=20)
    city = Text(limit=80)
    country = Choice(choices=[(code, code) for code, _name in countries])
    email = Mail()
    phone = Text(limit=30)
    registration_number = Text(limit=60, required=False, allow_blank=True, default="")
    unregistered = Flag(required=False, default=False)
    vat_id = Text(limit=20, required=False, allow_blank=True, default="")
    vat_exempt = Flag(required=False, default=False)

    def validate(self, attrs: Any) -> Any:
        """Everything that is wrong is said at once."""
        wrong = trader_problems(attrs)
        if wrong:
            raise serializers.ValidationError({name: [text] for name, text in wrong.items()})
        return attrs


class CodeIn(In):
    """The six digits from the mail."""

    code = Word(most=20)


class SentOut(Out):
    """Where the code went."""

    email = serializers.CharField()


class DeclarationIn(In):
    """A person declares, by name, that the brand offers only what complies with the law."""

    name = Text(limit=120)
    agreed = Flag()

    def validate_agreed(self, agreed: bool) -> bool:
        """Nobody declares by leaving it out."""
        if not agreed:
            raise serializers.ValidationError(_("Tick the declaration."))
        return agreed


class PoliciesIn(In):
    """How parcels leave and may come back, whole."""

    return_days = Whole(min_value=14, max_value=365)
    returns_free = Flag(required=False, default=False)
    returns_policy = Text(limit=2000, multiline=True)
    delivery_policy = Text(limit=2000, multiline=True)
    reply_hours = Whole(min_value=1, max_value=168)


class PicturesIn(In):
    """Stored pictures of the brand's own; what is left out stays as it is."""

    picture_id = Id(required=False)
    cover_id = Id(required=False)

    def validate(self, attrs: Any) -> Any:
        """Nothing at all is a mistake of the sender."""
        if not attrs:
            raise serializers.ValidationError(_("Say what to change."), code="empty")
        return attrs


class DomainIn(In):
    """The domain that a brand says is its own."""

    domain = Text(limit=300)


class ProvedOut(Out):
    """Whether the brand has the badge now."""

    verified = serializers.BooleanField()


class PayoutOut(Out):
    """Where the brand's money goes; `requirement` says what the bank still wants."""

    state = serializers.CharField()
    requirement = serializers.CharField()
    iban_last4 = serializers.CharField()
    verified = serializers.BooleanField()


class PageOut(Out):
    """A page of the payment provider's, to lead the owner to."""

    url = serializers.CharField()
