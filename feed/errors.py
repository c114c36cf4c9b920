"""What can go wrong with a pin or a board, in words for the person who tried."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class PinNotFound(DomainError):
    code = "pin_not_found"
    status = 404
    message = _("This pin is not here any more.")


class BoardNotFound(DomainError):
    code = "board_not_found"
    status = 404
    message = _("This board is not here any more.")


class BoardTitleTaken(DomainError):
    code = "board_title_taken"
    status = 409
    message = _("You already have a board with this name.")


class BadTags(DomainError):
    code = "bad_tags"
    status = 400
    message = _("One of the tagged products cannot be shown on a pin.")


class TooManyTags(DomainError):
    code = "too_many_tags"
    status = 400
    message = _("A pin can carry up to 20 products.")
