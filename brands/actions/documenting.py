"""Documents come into a brand's papers and go out of them."""

from __future__ import annotations

import hashlib
from datetime import date

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import record_act
from brands.actions.submitting import ask_for_a_look
from brands.documents import MOST, Sheet, sheet_of
from brands.locking import locked_papers
from brands.models import PaperDocument
from brands.types import PaperRefused
from core import clock
from core.errors import NotFound


def add_document(
    *, brand_id: int, actor_id: int, kind: str, file: File[bytes], good_until: date | None = None
) -> str:
    """Keep a file among a brand's papers; answers its public id.

    `kind` is one of `PaperDocument.Kind`, `good_until` the last day on which it holds. Operators
    are asked to look at it when the brand is in already. Raises NotFound, and PaperRefused with the
    field (`kind`, `file`, `good_until`); nothing is kept then.
    """
    if kind not in PaperDocument.Kind:
        raise PaperRefused("kind", _("Choose what it is."))
    if good_until is not None and good_until < timezone.localdate(clock.now()):
        raise PaperRefused("good_until", _("That day is over. Add the document that holds now."))
    sheet = sheet_of(file)  # before anything is locked: a picture takes a moment
    with transaction.atomic():
        locked_papers(brand_id)
        document = _keep(brand_id, actor_id, PaperDocument(kind=kind, good_until=good_until), sheet)
        record_act(
            brand_id=brand_id,
            actor_id=actor_id,
            act="brands.document_added",
            subject=document.name,
        )
        ask_for_a_look(brand_id=brand_id, user_id=actor_id)
    return str(document.public_id)


def _keep(brand_id: int, actor_id: int, document: PaperDocument, sheet: Sheet) -> PaperDocument:
    """Under the lock of the papers, so that two at once do not make eleven."""
    document.digest = hashlib.sha256(sheet.content).hexdigest()
    mine = PaperDocument.objects.filter(brand_id=brand_id)
    if mine.filter(digest=document.digest).exists():
        raise PaperRefused("file", _("This file is among your documents already."))
    if mine.count() >= MOST:
        raise PaperRefused(
            "file",
            _("There are %(most)d documents already. Remove one first.") % {"most": MOST},
        )
    document.brand_id, document.added_by_id = brand_id, actor_id
    document.name, document.content_type = sheet.name, sheet.content_type
    document.size, document.content = len(sheet.content), sheet.content
    document.save(force_insert=True)
    return document


@transaction.atomic
def remove_document(*, brand_id: int, actor_id: int, document_id: str) -> str:
    """Take a document out of the papers, for good; answers its name. Raises NotFound."""
    locked_papers(brand_id)
    document = PaperDocument.objects.filter(brand_id=brand_id, public_id=document_id).first()
    if document is None:
        raise NotFound(_("There is no such document."))
    document.delete()
    record_act(
        brand_id=brand_id,
        actor_id=actor_id,
        act="brands.document_removed",
        subject=document.name,
    )
    return str(document.name)


def forget_documents(*, brand_id: int) -> int:
    """All documents of a brand that ended; how many there were."""
    return PaperDocument.objects.filter(brand_id=brand_id).delete()[0]
