"""What can go wrong with a pin, a board or a comment, in words for the person who tried."""

from django.utils.translation import gettext_lazy as _

from catalog.types import Overtaken
from core.errors import DomainError, Invalid


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


class HashtagNotFound(DomainError):
    code = "hashtag_not_found"
    status = 404
    message = _("This is no hashtag.")


class TooManyHashtags(DomainError):
    code = "too_many_hashtags"
    status = 422
    message = _("You follow as many hashtags as we keep. Stop following one first.")


class OwnBoard(DomainError):
    code = "own_board"
    status = 422
    message = _("This board is yours: what is saved on it is yours already.")


class SeenByAll(DomainError):
    code = "seen_by_all"
    status = 409
    message = _("Everybody sees this board: its address is enough.")


class SectionNotFound(DomainError):
    code = "section_not_found"
    status = 404
    message = _("This section is not here any more.")


class SectionTitleTaken(DomainError):
    code = "section_title_taken"
    status = 409
    message = _("This board already has a section with this name.")


class TooManySections(DomainError):
    code = "too_many_sections"
    status = 409
    message = _("A board can have up to 50 sections.")


class ThreadFull(DomainError):
    """So many replies are shown, and no more are taken."""

    code = "thread_full"
    status = 409
    message = _("This thread is full. Say it in a comment of its own.")


class PinOvertaken(Overtaken):
    """The pin was saved after it was shown; `version` is the pin's now."""

    code = "pin_overtaken"
    message = _(
        "This pin was saved in the meantime, by somebody else or in another window of yours."
        " Save again to write what is here over it."
    )


class NotYours(DomainError):
    code = "not_yours"
    status = 403
    message = _("On a board of somebody else you can take away only what you saved yourself.")


class NobodyByThatName(DomainError):
    code = "nobody_by_that_name"
    status = 404
    message = _("Nobody else here has that handle.")


class AlreadyAsked(DomainError):
    code = "already_asked"
    status = 409
    message = _("They were asked already.")


class TooManyMembers(DomainError):
    code = "too_many_members"
    status = 409
    message = _("A board can have up to 20 people beside its owner.")


class NothingToUndo(DomainError):
    code = "nothing_to_undo"
    status = 404
    message = _("This cannot be taken back any more.")


class CommentNotFound(DomainError):
    code = "comment_not_found"
    status = 404
    message = _("This comment is not here any more.")


class CommentsClosed(DomainError):
    code = "comments_closed"
    status = 409
    message = _("Comments on this pin are turned off.")


class TooLateToEdit(DomainError):
    code = "too_late_to_edit"
    status = 409
    message = _("A comment can be changed for 15 minutes only.")


class BadTags(DomainError):
    code = "bad_tags"
    status = 400
    message = _("One of the tagged products cannot be shown on a pin.")


class TooManyTags(DomainError):
    code = "too_many_tags"
    status = 400
    message = _("A pin can carry up to 20 products.")


class BadPictures(Invalid):
    code = "bad_pictures"
    message = _("One of the further pictures is not there any more.")


class TooManyPictures(Invalid):
    code = "too_many_pictures"
    message = _("A pin can have up to five pictures.")


class DayOver(Invalid):
    """A pin goes to followers first on the day after its first publication, and never later."""

    code = "day_over"
    message = _("Its first day is over. Choose everyone, or only with the link.")


class TitleMissing(Invalid):
    code = "title_missing"
    message = _("Give the pin a title before it goes on the wall.")


class DueInThePast(Invalid):
    code = "due_in_the_past"
    message = _("Choose a moment to come, within a year.")
