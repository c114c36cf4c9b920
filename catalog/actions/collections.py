"""Put products together, by hand or by a rule; take a collection away and bring it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.actions import record_act
from catalog import acts, publishing
from catalog.collection_models import TITLE_LIMIT
from catalog.models import (
    PRICE_LIMIT,
    Category,
    Collection,
    CollectionItem,
    Product,
    Storefront,
)
from catalog.queries.attributes import attributes
from catalog.types import (
    AttributeData,
    AttributeKind,
    CollectionInput,
    CollectionKind,
    CollectionOrder,
    CollectionOvertaken,
    CollectionRefused,
    CollectionRule,
    Problem,
)
from core import clock, withdrawn
from core.errors import Conflict, NotFound
from core.ids import is_public_id
from core.media import Image
from core.text import TextRefused, clean_text

MOST_PRODUCTS = 200
MOST_COLLECTIONS = 100
MOST_NEW_DAYS = 365
DESCRIPTION_LIMIT = 1000
WORDS_LIMIT = 80
# How long one that was taken away can come back.
KEPT_FOR = timedelta(days=1)


@transaction.atomic
def save_collection(
    *,
    seller_id: int,
    actor_id: int | None,
    data: CollectionInput,
    public_id: str | None = None,
    version: int | None = None,
) -> str:
    """Make a collection, or replace what the one with this public id says; answers with the id.

    `version` is that of the page into which it was typed. Its address follows the title until it
    was first shown. Raises NotFound for another seller's collection, CollectionOvertaken for
    another version, CollectionRefused with every problem found, and for one that is to be shown
    with what `catalog.publishing` forbids.
    """
    _one_at_a_time(seller_id)
    row = _own(seller_id, public_id) if public_id else Collection(seller_id=seller_id, version=0)
    if version is not None and public_id and version != row.version:
        raise CollectionOvertaken(version=row.version)
    data, problems = _cleaned(data)
    products = _chosen(data, seller_id, problems)
    problems += [*_problems(data, seller_id, row), *_rule_problems(data)]
    if data.shown and not problems:
        problems += _points(data.kind, data.description, len(products))
    if problems:
        raise CollectionRefused(problems, live=row.pk is not None and row.shown)
    row.title, row.description, row.shown = data.title, data.description, data.shown
    if data.cover_id is not None and data.cover_id != row.cover_id:
        withdrawn.used_again([data.cover_id])
    row.kind, row.order, row.cover_id = data.kind, data.order, data.cover_id
    row.rule = _stored(data.rule) if data.kind == CollectionKind.RULE else {}
    if row.first_shown_at is None:
        row.slug = _free_slug(row)
    if row.shown and row.first_shown_at is None:
        row.first_shown_at = clock.now()
    row.version += 1
    row.updated_at = clock.now()
    row.save()
    row.items.all().delete()
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=row, product_id=pk, position=number)
        for number, pk in enumerate(products)
    )
    record_act(brand_id=seller_id, actor_id=actor_id, act=acts.COLLECTED, subject=row.title)
    return str(row.public_id)


@transaction.atomic
def show_collection(
    *, seller_id: int, actor_id: int | None, public_id: str, shown: bool = True
) -> None:
    """Put a collection on the brand's page, or off it; one that stands so already stays as it is.

    Raises NotFound, and CollectionRefused with what keeps it from being shown.
    """
    _one_at_a_time(seller_id)
    row = _own(seller_id, public_id)
    if row.shown == shown:
        return
    if shown:
        problems = _points(row.kind, row.description, row.items.count())
        if problems:
            raise CollectionRefused(problems)
        row.first_shown_at = row.first_shown_at or clock.now()
    row.shown, row.updated_at, row.version = shown, clock.now(), row.version + 1
    row.save(update_fields=["shown", "first_shown_at", "updated_at", "version"])
    record_act(brand_id=seller_id, actor_id=actor_id, act=acts.COLLECTED, subject=row.title)


@transaction.atomic
def delete_collection(*, seller_id: int, actor_id: int | None, public_id: str) -> None:
    """Take a collection away; its products stay. For a day `restore_collection` brings it back.

    Raises NotFound. What this seller took away longer ago goes for good now.
    """
    _one_at_a_time(seller_id)
    row = _own(seller_id, public_id)
    now = clock.now()
    Collection.objects.filter(seller_id=seller_id, deleted_at__lt=now - KEPT_FOR).delete()
    row.deleted_at = now
    row.save(update_fields=["deleted_at"])
    record_act(brand_id=seller_id, actor_id=actor_id, act=acts.UNCOLLECTED, subject=row.title)


@transaction.atomic
def restore_collection(*, seller_id: int, actor_id: int | None, public_id: str) -> None:
    """Bring back what was taken away within a day, as it was.

    Raises NotFound, and Conflict when another has its title by now or there are too many.
    """
    _one_at_a_time(seller_id)
    rows = Collection.objects.filter(
        seller_id=seller_id, public_id=public_id, deleted_at__gte=clock.now() - KEPT_FOR
    )
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound
    problems = _problems(_title_only(row), seller_id, row)
    if problems:
        raise Conflict(problems[0].message)
    row.deleted_at = None
    row.slug = _free_slug(row, wanted=row.slug)
    row.save(update_fields=["deleted_at", "slug"])
    record_act(brand_id=seller_id, actor_id=actor_id, act=acts.RECOLLECTED, subject=row.title)


def _one_at_a_time(seller_id: int) -> None:
    """Titles, addresses and the number of a brand's collections are told under this lock."""
    Storefront.objects.bulk_create([Storefront(profile_id=seller_id)], ignore_conflicts=True)
    Storefront.objects.select_for_update().get(profile_id=seller_id)


def _own(seller_id: int, public_id: str) -> Collection:
    found = Collection.objects.kept().filter(seller_id=seller_id, public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def _title_only(row: Collection) -> CollectionInput:
    return CollectionInput(title=row.title, kind=row.kind, order=row.order, cover_id=row.cover_id)


def _stored(rule: CollectionRule) -> dict[str, object]:
    return {**asdict(rule), "answers": [[code, list(said)] for code, said in rule.answers]}


def _free_slug(row: Collection, *, wanted: str = "") -> str:
    """The address of the title, with a number behind it where another collection has it."""
    stem = wanted or slugify(row.title)[:TITLE_LIMIT].strip("-") or "collection"
    others = Collection.objects.kept().filter(seller_id=row.seller_id).exclude(pk=row.pk)
    taken = set(others.values_list("slug", flat=True))
    return next(one for one in _slugs(stem) if one not in taken)


def _slugs(stem: str) -> Iterator[str]:
    yield stem
    for number in range(2, MOST_COLLECTIONS + 3):
        yield f"{stem}-{number}"


# --- what can be wrong with it -------------------------------------------------------------------


def _cleaned(data: CollectionInput) -> tuple[CollectionInput, list[Problem]]:
    """The words as they are kept, and what cannot be kept of them."""
    problems: list[Problem] = []

    def clean(field: str, text: str, limit: int, *, single_line: bool) -> str:
        try:
            return clean_text(text, limit=limit, single_line=single_line)
        except TextRefused as error:
            problems.append(Problem(field=field, message=str(error)))
            return ""

    title = clean("title", data.title, TITLE_LIMIT, single_line=True)
    if not title and not problems:
        problems.append(Problem(field="title", message=_("Give the collection a title.")))
    description = clean("description", data.description, DESCRIPTION_LIMIT, single_line=False)
    words = clean("rule.words", data.rule.words, WORDS_LIMIT, single_line=True)
    rule = replace(data.rule, words=words)
    return replace(data, title=title, description=description, rule=rule), problems


def _chosen(data: CollectionInput, seller_id: int, problems: list[Problem]) -> list[int]:
    """Primary keys of what was put in by hand, in its order."""
    if data.kind != CollectionKind.HAND:
        return []
    wanted = list(dict.fromkeys(data.products))
    if len(wanted) > MOST_PRODUCTS:
        text = _("A collection by hand holds %(n)d products at most.") % {"n": MOST_PRODUCTS}
        problems.append(Problem(field="products", message=text))
        return []
    ids = [one for one in wanted if is_public_id(one)]
    rows = Product.objects.filter(seller_id=seller_id, public_id__in=ids)
    known = dict(rows.values_list("public_id", "pk"))
    if len(known) < len(wanted):
        text = _("One of these products is not among yours. Look again.")
        problems.append(Problem(field="products", message=text))
    return [known[one] for one in wanted if one in known]


def _problems(data: CollectionInput, seller_id: int, row: Collection) -> list[Problem]:
    problems = []
    others = Collection.objects.kept().filter(seller_id=seller_id).exclude(pk=row.pk)
    if data.title and others.filter(title__iexact=data.title).exists():
        text = _("Another of your collections has this title already.")
        problems.append(Problem(field="title", message=text))
    if others.count() >= MOST_COLLECTIONS:
        text = _("A brand has %(n)d collections at most.") % {"n": MOST_COLLECTIONS}
        problems.append(Problem(field="title", message=text))
    if data.kind not in CollectionKind.values:
        text = _("Choose whether you or a rule puts it together.")
        problems.append(Problem(field="kind", message=text))
    if data.order not in CollectionOrder.values:
        problems.append(Problem(field="order", message=_("Choose one of the orders.")))
    elif data.kind == CollectionKind.RULE and data.order == CollectionOrder.HAND:
        text = _("What a rule finds cannot be put in order by hand.")
        problems.append(Problem(field="order", message=text))
    if data.cover_id is not None and data.cover_id != row.cover_id:
        own = Q(owner_id=seller_id) | Q(owner_id=None)
        if not Image.objects.filter(own, pk=data.cover_id).exists():
            text = _("The picture is gone. Upload it again.")
            problems.append(Problem(field="cover", message=text))
    return problems


def _points(kind: str, description: str, products: int) -> list[Problem]:
    """What keeps it from being shown; what only warns is not asked here."""
    facts = publishing.CollectionFacts(
        by_rule=kind == CollectionKind.RULE, description=description, products=products
    )
    return publishing.forbidding(publishing.collection_points(facts))


def _rule_problems(data: CollectionInput) -> list[Problem]:
    if data.kind != CollectionKind.RULE:
        return []
    rule, problems = data.rule, []
    if rule.empty:
        text = _("Say at least one thing that its products have in common.")
        problems.append(Problem(field="rule", message=text))
    if rule.category and not Category.objects.filter(slug=rule.category).exists():
        problems.append(Problem(field="rule.category", message=_("Choose a category.")))
    prices = [one for one in (rule.least, rule.most) if one is not None]
    if any(not 0 <= one <= PRICE_LIMIT for one in prices) or prices != sorted(prices):
        problems.append(Problem(field="rule.most", message=_("Give prices from low to high.")))
    if rule.new_days is not None and not 1 <= rule.new_days <= MOST_NEW_DAYS:
        text = _("Give a number of days from 1 to %(n)d.") % {"n": MOST_NEW_DAYS}
        problems.append(Problem(field="rule.new_days", message=text))
    known = {one.code: one for one in attributes()}
    if any(not _fits(known.get(code), said) for code, said in rule.answers):
        text = _("One of the answers is not asked any more. Choose again.")
        problems.append(Problem(field="rule.answers", message=text))
    return problems


def _fits(attribute: AttributeData | None, said: tuple[str, ...]) -> bool:
    if attribute is None or not said:
        return False
    if attribute.kind == AttributeKind.YES_NO:
        return set(said) == {"yes"}
    return set(said) <= {one.slug for one in attribute.choices}
