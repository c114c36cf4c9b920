"""Offer a service: describe it, publish it, take it back; and an operator's decision about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.actions import record_act
from catalog import acts, events, publishing, service_documents, service_wording, states
from catalog.models import Category, Service, ServiceImage, ServiceMove, ServicePackage
from catalog.queries.services import service_for_seller
from catalog.types import (
    PackageData,
    PictureInput,
    Pricing,
    Problem,
    ServiceData,
    ServiceNotMovable,
    ServiceOvertaken,
    ServicePage,
    ServiceRefused,
    ServiceState,
)
from core import clock, withdrawn
from core.errors import NotFound
from core.events import publish
from core.media import Image


@transaction.atomic
def create_service(*, seller_id: int, actor_id: int | None, data: ServiceData) -> Service:
    """A draft of a service.

    Raises ServiceRefused with every problem found, TextRefused for text that cannot be kept.
    """
    data = _checked(seller_id=seller_id, data=data)
    service = Service(seller_id=seller_id, state=ServiceState.DRAFT)
    _describe(service, data)
    service.save()
    _write_parts(service, data)
    _record_move(service, was="", reason="", actor_id=actor_id)
    _record_act(service, acts.SERVICE_MADE, actor_id=actor_id)
    return service


@transaction.atomic
def update_service(
    *,
    service_id: str,
    seller_id: int,
    actor_id: int | None,
    data: ServiceData,
    version: int | None = None,
) -> Service:
    """Replace what a service says. `version` is that of the page from which was typed.

    Raises NotFound for another seller's service, ServiceOvertaken when it has another version by
    now, ServiceRefused as `create_service` does.
    """
    service = _locked(seller_id=seller_id, service_id=service_id)
    if version is not None and version != service.version:
        raise ServiceOvertaken(version=service.version)
    data = _checked(seller_id=seller_id, data=data)
    if service.state == ServiceState.PUBLISHED:
        _require_points(data, live=True)
    service.version += 1
    _describe(service, data)
    service.save()
    _write_parts(service, data)
    _record_move(service, was=service.state, reason="edited", actor_id=actor_id)
    _record_act(service, acts.SERVICE_CHANGED, actor_id=actor_id)
    index_service(service=service)
    return service


@transaction.atomic
def publish_service(*, service_id: str, seller_id: int, actor_id: int | None) -> Service:
    """Offer a service; visible to everybody as soon as its brand is approved.

    Does nothing when it is offered already. Raises NotFound for another seller's service,
    ServiceRefused with what `catalog.publishing` forbids, ServiceNotMovable after a take-down.
    """
    service = _locked(seller_id=seller_id, service_id=service_id)
    if service.taken_down_at is not None:
        raise ServiceNotMovable(
            _("An operator took this service down. Write to us to clear it up.")
        )
    if service.state == ServiceState.PUBLISHED:
        return service
    page = service_for_seller(seller_id=seller_id, public_id=service.public_id)
    if page is None:
        raise NotFound
    _require_points(page)
    _move(service, ServiceState.PUBLISHED, actor_id=actor_id)
    _record_act(service, acts.SERVICE_PUBLISHED, actor_id=actor_id)
    publish(events.ServicePublished(service_id=service.public_id))
    return service


@transaction.atomic
def archive_service(*, service_id: str, seller_id: int, actor_id: int | None) -> Service:
    """Offer a service no more. Does nothing the second time.

    Raises NotFound for another seller's service.
    """
    service = _locked(seller_id=seller_id, service_id=service_id)
    if service.state == ServiceState.ARCHIVED:
        return service
    _move(service, ServiceState.ARCHIVED, actor_id=actor_id)
    _record_act(service, acts.SERVICE_ARCHIVED, actor_id=actor_id)
    publish(events.ServiceArchived(service_id=service.public_id))
    return service


@transaction.atomic
def redraft_service(*, service_id: str, seller_id: int, actor_id: int | None) -> Service:
    """Make a service a draft again: only its team sees it. Does nothing to a draft.

    Raises NotFound for another seller's service.
    """
    service = _locked(seller_id=seller_id, service_id=service_id)
    if service.state == ServiceState.DRAFT:
        return service
    _move(service, ServiceState.DRAFT, actor_id=actor_id)
    _record_act(service, acts.SERVICE_DRAFTED, actor_id=actor_id)
    publish(events.ServiceArchived(service_id=service.public_id))
    return service


@transaction.atomic
def take_down_service(*, public_id: str, operator_id: int | None, reason: str) -> None:
    """Remove a service from every page, whatever its seller says. The reason is kept.

    Does nothing the second time; raises NotFound for an absent service.
    """
    service = _any(public_id)
    if service.taken_down_at is not None:
        return
    service.taken_down_at = clock.now()
    service.save(update_fields=["taken_down_at"])
    _record_move(
        service, was=service.state, to=states.TAKEN_DOWN, reason=reason, actor_id=operator_id
    )
    index_service(service=service)
    publish(
        events.ServiceTakenDown(
            service_id=service.public_id,
            seller_id=service.seller_id,
            title=service.title,
            reason=reason,
            at=service.taken_down_at.isoformat(),
        )
    )


@transaction.atomic
def restore_service(*, public_id: str, operator_id: int | None, reason: str) -> None:
    """Undo a take-down: the service is again what its seller made it. Raises NotFound."""
    service = _any(public_id)
    if service.taken_down_at is None:
        return
    service.taken_down_at = None
    service.save(update_fields=["taken_down_at"])
    _record_move(service, was=states.TAKEN_DOWN, reason=reason, actor_id=operator_id)
    index_service(service=service)


def _require_points(service: ServicePage | ServiceData, *, live: bool = False) -> None:
    points = publishing.service_points(publishing.service_facts(service))
    if problems := publishing.forbidding(points):
        raise ServiceRefused(problems, live=live)


def index_service(*, service: Service) -> None:
    """Write or remove the search document, in the transaction of what changed."""
    service_documents.write(service_ids=[service.pk], gone=[service.public_id])


def _locked(*, seller_id: int, service_id: str) -> Service:
    rows = Service.objects.select_for_update(of=("self",))
    found = rows.filter(public_id=service_id, seller_id=seller_id).first()
    if found is None:
        raise NotFound
    return found


def _any(public_id: str) -> Service:
    found = Service.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def _checked(*, seller_id: int, data: ServiceData) -> ServiceData:
    data = service_wording.cleaned(data)
    problems = service_wording.problems_of(data)
    if not Category.objects.filter(slug=data.category).exists():
        problems.append(Problem(field="category", message=_("Choose a category.")))
    named = {one.image_id for one in data.pictures}
    own = Q(owner_id=seller_id) | Q(owner_id=None)
    if Image.objects.filter(own, pk__in=named).count() != len(named):
        problems.append(Problem(field="pictures", message=_("A picture is gone. Upload it again.")))
    if problems:
        raise ServiceRefused(problems)
    return data


def _describe(service: Service, data: ServiceData) -> None:
    service.category = Category.objects.get(slug=data.category)
    service.title = data.title
    service.slug = slugify(data.title)[:80].strip("-") or "service"
    service.description = data.description
    service.pricing = data.pricing
    service.price_from = _lowest(data)
    service.currency = data.currency
    service.area = data.area
    service.countries = sorted(set(data.countries))
    service.languages = sorted(set(data.languages))
    service.lead_days = data.lead_days
    service.cover_id = data.pictures[0].image_id if data.pictures else None
    service.updated_at = clock.now()


def _lowest(data: ServiceData) -> int | None:
    if data.pricing == Pricing.PACKAGES:
        return min(one.price.amount for one in data.packages)
    return data.price.amount if data.price is not None else None


def _write_parts(service: Service, data: ServiceData) -> None:
    _write_packages(service, data.packages)
    _write_pictures(service, data.pictures)


def _write_packages(service: Service, packages: Sequence[PackageData]) -> None:
    service.packages.all().delete()
    ServicePackage.objects.bulk_create(
        ServicePackage(
            service=service,
            position=position,
            name=one.name,
            scope=one.scope,
            price=one.price.amount,
            revisions=one.revisions,
            lead_days=one.lead_days,
        )
        for position, one in enumerate(packages)
    )


def _write_pictures(service: Service, pictures: Sequence[PictureInput]) -> None:
    alts = {one.image_id: one.alt for one in pictures}
    rows = service.images.order_by("position")
    before = dict(rows.values_list("image_id", "alt"))
    if list(before.items()) == list(alts.items()):
        return
    rows.delete()
    ServiceImage.objects.bulk_create(
        ServiceImage(service=service, image_id=image_id, alt=alt, position=position)
        for position, (image_id, alt) in enumerate(alts.items())
    )
    withdrawn.used_again(alts.keys() - before.keys())


def _move(service: Service, target: ServiceState, *, actor_id: int | None) -> None:
    was = service.state
    if not states.may_move(current=was, target=target):
        raise ServiceNotMovable
    service.state = target
    if target == ServiceState.PUBLISHED and service.published_at is None:
        service.published_at = clock.now()
    service.save(update_fields=["state", "published_at"])
    _record_move(service, was=was, reason="", actor_id=actor_id)
    index_service(service=service)


def _record_move(
    service: Service, *, was: str, reason: str, actor_id: int | None, to: str = ""
) -> None:
    ServiceMove.objects.create(
        service=service,
        at=clock.now(),
        actor_id=actor_id,
        from_state=was,
        to_state=to or service.state,
        reason=reason[:500],
    )


def _record_act(service: Service, act: str, *, actor_id: int | None) -> None:
    record_act(brand_id=service.seller_id, actor_id=actor_id, act=act, subject=service.title)
