"""What can be wrong with what somebody asks of their account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.errors import Conflict, DoFirst, DomainError, Invalid


class HandleRefused(DomainError):
    """The handle is malformed, reserved, taken or could be mistaken for a brand's."""

    code = "handle_refused"
    status = 422


class NameRefused(DomainError):
    """The display name is empty or could be mistaken for a brand's."""

    code = "name_refused"
    status = 422


class CannotFollow(DomainError):
    """Nobody follows themselves."""

    code = "cannot_follow"
    message = _("You cannot follow yourself.")
    status = 422


class CannotHide(DomainError):
    """Nobody blocks or mutes themselves, or a brand that they act for."""

    code = "cannot_hide"
    message = _("That is you.")
    status = 422


class TooManyHidden(DomainError):
    """A list of blocks or mutes has an end, because every page reads it."""

    code = "too_many_hidden"
    message = _("Your list is full. Take somebody or something off it first.")
    status = 422


class TooManyTopics(DomainError):
    """A wall that follows everything follows nothing."""

    code = "too_many_topics"
    message = _("You follow as many topics as we keep. End one first.")
    status = 422


class WordRefused(DomainError):
    """What somebody wants to mute is no word."""

    code = "word_refused"
    message = _("Enter a word of 2 to 60 letters or digits.")
    status = 422


class BrandNeedsOwner(DomainError):
    """Somebody who alone owns a brand cannot go before it is handed over or closed."""

    code = "brand_needs_owner"
    status = 409

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            ngettext(
                "You are the only owner of %(names)s. Make somebody else an owner, or close the"
                " brand, first.",
                "You are the only owner of %(names)s. Make others their owners, or close the"
                " brands, first.",
                len(names),
            )
            % {"names": ", ".join(names)}
        )


class WrongState(DomainError):
    """The profile is not in a state from which this is possible."""

    code = "wrong_state"
    message = _("That has been decided already.")
    status = 409


class IdentityChanged(DomainError):
    """Another tab switched the identity since this form was shown."""

    code = "identity_changed"
    message = _("You switched whom you act for in another tab. Please check, then try again.")
    status = 409


class ProtectFirst(DoFirst):
    """A page of money was asked for by somebody whose password is all that guards the account."""

    code = "protect_first"
    message = _("Protect your account with a second factor first.")
    place = "accounts:protect"


class AlreadyOnTeam(DomainError):
    """Who is on the team needs no invitation."""

    code = "already_on_team"
    message = _("They are on your team already. Change their role in the list.")
    status = 422


class TooManyInvitations(DomainError):
    """A team is not a mailing list."""

    code = "too_many_invitations"
    message = _("Fifty invitations are open. Withdraw one first.")
    status = 422


class NotYourInvitation(DomainError):
    """The invitation was sent to another address than the viewer's."""

    code = "not_your_invitation"
    message = _("This invitation went to another address. Log in with that one to accept it.")
    status = 403


class TooManyAddresses(DomainError):
    """An address book has an end, so that nobody fills a table with it."""

    code = "too_many_addresses"
    message = _("You have as many addresses as we keep. Remove one first.")
    status = 422


class TooManyOrganizations(DomainError):
    """Whoever buys for so many companies has lost sight of them."""

    code = "too_many_organizations"
    message = _("You buy for as many companies as we keep. Remove one first.")
    status = 422


class OrganizationRefused(Invalid):
    """Fields of a company are not right; `problems` says why, by field."""

    code = "organization_refused"

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)

    @property
    def field_errors(self) -> Sequence[Mapping[str, Any]]:
        """Each of them, for programs."""
        return [
            {"field": name, "message": text, "code": self.code}
            for name, text in self.problems.items()
        ]


class BuyingChanged(DomainError):
    """Another tab, or somebody else, changed for whom the viewer buys since a form was shown."""

    code = "buying_changed"
    message = _("For whom you buy has changed meanwhile. Please check it, then try again.")
    status = 409


class ScopesRefused(DomainError):
    """A token is for something, and for nothing that we do not know."""

    code = "scopes_refused"
    message = _("Choose what the token may do, and for how long.")
    status = 422


class TooManyTokens(DomainError):
    """Nobody needs that many; somebody who has them has lost sight of them."""

    code = "too_many_tokens"
    message = _("You have as many tokens as we keep. Withdraw one first.")
    status = 422


class ProviderTaken(DomainError):
    """The account elsewhere opens another account here, or another one of that site opens this."""

    code = "provider_taken"
    message = _("That account opens another account here. Disconnect it there first.")
    status = 409


class LastWayIn(DomainError):
    """Nobody disconnects the only thing that opens their account."""

    code = "last_way_in"
    message = _("It is your only way in. Set a password first, then take it away.")
    status = 409


class NotApproved(Conflict):
    """The brand was not let in yet, so nothing of it goes before the public."""

    code = "not_approved"
    message = _("Your brand is not approved yet. Prepare everything, and publish it after that.")
