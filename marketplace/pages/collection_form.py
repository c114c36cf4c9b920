"""A collection as its brand types it: words, who puts it together, and the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.queries import attributes, categories, facets
from catalog.types import (
    AttributeData,
    AttributeKind,
    CollectionInput,
    CollectionKind,
    CollectionOrder,
    CollectionRefused,
    CollectionRule,
    Facet,
    OwnCollection,
)
from core.forms import FocusFields, MoneyField, TextField_
from core.money import Money

CURRENCY = "EUR"
PUBLISHED, DRAFT = "published", "draft"
_ANSWER = "a_"
# What a rule can ask of an attribute: one of its choices, or that it is so.
_ASKABLE = (AttributeKind.CHOICE, AttributeKind.CHOICES, AttributeKind.YES_NO)


def _category_choices() -> list[tuple[str, str]]:
    return [("", _("Any category")), *((one.slug, " / ".join(one.path)) for one in categories())]


class CollectionForm(FocusFields):
    """Everything about a collection but its products; those are a list of the page."""

    title = TextField_(label=gettext_lazy("Title"), limit=80)
    description = TextField_(
        label=gettext_lazy("Description"),
        limit=1000,
        multiline=True,
        required=False,
        help_text=gettext_lazy("What these things have in common, in a sentence or two."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Who puts it together"),
        choices=[
            (CollectionKind.HAND, gettext_lazy("I choose the products")),
            (CollectionKind.RULE, gettext_lazy("A rule finds them")),
        ],
        widget=forms.RadioSelect,
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Order"), choices=CollectionOrder.choices, widget=forms.RadioSelect
    )
    every = forms.ChoiceField(
        label=gettext_lazy("A product belongs to it when"),
        choices=[
            ("all", gettext_lazy("all of this is true")),
            ("any", gettext_lazy("any of this is true")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Category"),
        choices=_category_choices,
        required=False,
        help_text=gettext_lazy("With all below it."),
    )
    least = MoneyField(label=gettext_lazy("Price from"), currency=CURRENCY, required=False)
    most = MoneyField(label=gettext_lazy("Price up to"), currency=CURRENCY, required=False)
    new_days = forms.IntegerField(
        label=gettext_lazy("New since so many days"),
        min_value=1,
        max_value=365,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    words = TextField_(
        label=gettext_lazy("Words"),
        limit=80,
        required=False,
        help_text=gettext_lazy("All of them stand in its title or description."),
    )
    in_stock = forms.BooleanField(label=gettext_lazy("It can be had now"), required=False)
    cover = forms.FileField(
        label=gettext_lazy("Cover"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text=gettext_lazy("Without one, its first product stands for it."),
    )
    to = forms.ChoiceField(choices=[(DRAFT, ""), (PUBLISHED, "")], required=False)
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seller_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answered = {one.code: one for one in facets(seller_id=seller_id)}
        self.asked = []
        for one in attributes():
            said = self._said(_ANSWER + one.code)
            if one.kind in _ASKABLE and (one.code in answered or said):
                self.asked.append(one)
                self.fields[_ANSWER + one.code] = _question(one, answered.get(one.code), said)

    def _said(self, name: str) -> list[str]:
        if isinstance(self.data, QueryDict):
            return self.data.getlist(name)
        return list(self.initial.get(name) or ())

    def clean_order(self) -> str:
        """The page does not offer the order by hand to a rule, but it may still be chosen."""
        order = str(self.cleaned_data["order"])
        by_rule = self.data.get("kind") == CollectionKind.RULE
        return CollectionOrder.NEWEST if by_rule and order == CollectionOrder.HAND else order

    def questions(self) -> list[forms.BoundField]:
        """What the brand's own products answer."""
        return [self[_ANSWER + one.code] for one in self.asked]

    def rule(self) -> CollectionRule:
        """The rule, as far as it could be read."""
        fields = getattr(self, "cleaned_data", {})
        least, most = fields.get("least"), fields.get("most")
        answers = []
        for one in self.asked:
            said = fields.get(_ANSWER + one.code)
            if said:
                answers.append((one.code, ("yes",) if said is True else tuple(said)))
        return CollectionRule(
            every=fields.get("every") != "any",
            category=fields.get("category", ""),
            answers=tuple(answers),
            least=least.amount if isinstance(least, Money) else None,
            most=most.amount if isinstance(most, Money) else None,
            in_stock=fields.get("in_stock", False),
            new_days=fields.get("new_days"),
            words=fields.get("words", ""),
        )

    def stated(self, *, products: Sequence[str], cover_id: int | None) -> CollectionInput:
        """All of it as the catalogue takes it."""
        fields = self.cleaned_data
        return CollectionInput(
            title=fields["title"],
            description=fields["description"],
            kind=fields["kind"],
            order=fields["order"],
            shown=fields["to"] == PUBLISHED,
            rule=self.rule(),
            products=products,
            cover_id=cover_id,
        )

    def forget_errors(self) -> None:
        """For a page that only asked for something else: nothing was sent in yet."""
        for name in list(self.errors):
            if name != "cover":
                del self.errors[name]

    def place(self, refused: CollectionRefused) -> None:
        """Put what the catalogue refused beside the field that it is about."""
        for problem in refused.problems:
            name = problem.field.removeprefix("rule.")
            self.add_error(name if name in self.fields else None, problem.message)


def _question(one: AttributeData, facet: Facet | None, said: Sequence[str]) -> forms.Field:
    """What products of the brand answer, and what the rule says already."""
    if one.kind == AttributeKind.YES_NO:
        return forms.BooleanField(label=one.name, required=False)
    counts = {choice.slug: choice.count for choice in facet.choices} if facet else {}
    choices = [
        (choice.slug, f"{choice.name} ({counts.get(choice.slug, 0)})")
        for choice in one.choices
        if choice.slug in counts or choice.slug in said
    ]
    return forms.MultipleChoiceField(
        label=one.name, choices=choices, widget=forms.CheckboxSelectMultiple, required=False
    )


NEW: Mapping[str, Any] = {
    "kind": CollectionKind.HAND,
    "order": CollectionOrder.HAND,
    "every": "all",
    "to": PUBLISHED,
}


def initial_of(own: OwnCollection) -> dict[str, Any]:
    """What the form shows of a stored collection."""
    ref, rule = own.ref, own.rule
    prices = {
        name: None if amount is None else Money(amount, CURRENCY)
        for name, amount in (("least", rule.least), ("most", rule.most))
    }
    return {
        "title": ref.title,
        "description": ref.description,
        "kind": ref.kind,
        "order": ref.order,
        "every": "all" if rule.every else "any",
        "category": rule.category,
        "in_stock": rule.in_stock,
        "new_days": rule.new_days,
        "words": rule.words,
        "to": PUBLISHED if ref.shown else DRAFT,
        "version": own.version,
        **prices,
        **{_ANSWER + code: list(said) for code, said in rule.answers},
    }
