"""What can go wrong with a review, in words for the person who tried."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Forbidden


class ReviewNotFound(DomainError):
    code = "review_not_found"
    status = 404
    message = _("There is no such review.")


class NotSentYet(DomainError):
    code = "not_sent_yet"
    status = 409
    message = _("You can review it once it has left for you.")


class OwnProduct(Forbidden):
    code = "own_product"
    message = _("You are on the team of the brand that sells it. Its buyers review it.")


class ReviewTaken(DomainError):
    code = "review_taken_down"
    status = 409
    message = _("This review was taken down. It cannot be changed or put back.")


class NothingToUndo(DomainError):
    code = "nothing_to_undo"
    status = 409
    message = _("This cannot be undone any more.")
