"""What can go wrong with a purchase, each with a stable code and a status."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class PriceChanged(DomainError):
    """The total that was shown is not the total of now; `data` has both, in minor units."""

    code = "price_changed"
    status = 409
    message = _("A price changed. Please look at the new total before you pay.")


class SoldOut(DomainError):
    """Not enough is left; `data["variants"]` lists the public ids."""

    code = "sold_out"
    status = 409
    message = _("Somebody was faster: this just sold out. Nothing was charged.")


class NotDeliverable(DomainError):
    """No delivery method of a seller reaches the country; `data["sellers"]` lists their ids."""

    code = "not_deliverable"
    status = 409
    message = _("This cannot be delivered to the country you chose.")


class CheckoutExpired(DomainError):
    """The reservation ended. Nothing was charged."""

    code = "checkout_expired"
    status = 409
    message = _("The 15 minutes are over, so your pieces are no longer held.")


class CheckoutBusy(DomainError):
    """A payment is under way, so the checkout cannot change."""

    code = "checkout_in_progress"
    status = 409
    message = _("You are paying for this already. Finish that payment, or stop it first.")


class CheckoutClosed(DomainError):
    """The checkout was cancelled or is already paid."""

    code = "checkout_closed"
    status = 409
    message = _("This checkout is closed.")


class BagChanged(DomainError):
    """Another tab changed what was shown."""

    code = "bag_changed"
    status = 409
    message = _("Your bag changed in another tab. Please check it.")


class BadQuantity(DomainError):
    """A quantity must be a whole number from 1 to 99."""

    code = "bad_quantity"
    status = 422
    message = _("Choose a quantity between 1 and 99.")


class BagFull(DomainError):
    """The bag holds as many different things as a bag can."""

    code = "bag_full"
    status = 409
    message = _("Your bag is full. Take something out, or buy what is in it first.")


class NotBuyable(DomainError):
    """The variant is not for sale, or never was."""

    code = "not_buyable"
    status = 409
    message = _("This is no longer for sale.")


class DetailsMissing(DomainError):
    """Address or delivery is missing; `data["fields"]` lists what."""

    code = "details_missing"
    status = 409
    message = _("Please fill in where it goes before you pay.")


class NotAllowed(DomainError):
    """The order's state, or the role of who asks, does not permit the move."""

    code = "not_allowed"
    status = 409
    message = _("That is no longer possible for this order.")


class NotCancellable(NotAllowed):
    """Packed, shipped or cancelled already."""

    code = "not_cancellable"
    message = _("This order can no longer be cancelled.")


class LinkExpired(DomainError):
    """The signed link is too old, or not ours."""

    code = "link_expired"
    status = 404
    message = _("This link has expired.")


class SellerAway(DomainError):
    """The brand is on vacation and sells nothing; `data["until"]` is its last day, ISO."""

    code = "seller_away"
    status = 409
    message = _("This shop is on vacation just now. Nothing was charged.")
