"""Writes to a brand's papers."""

from brands.actions.claiming import claim_domain, prove_domain
from brands.actions.deciding import close_reviews, decide_review
from brands.actions.documenting import add_document, forget_documents, remove_document
from brands.actions.dressing import dress_storefront
from brands.actions.expiring import look_again
from brands.actions.filing import (
    confirm_code,
    declare,
    save_pictures,
    save_policies,
    save_trader_data,
    send_code,
)
from brands.actions.founding import found_brand
from brands.actions.submitting import submit_papers
from brands.actions.vouching import vouch
from brands.badge import refresh_badge

__all__ = [
    "add_document",
    "claim_domain",
    "close_reviews",
    "confirm_code",
    "decide_review",
    "declare",
    "dress_storefront",
    "forget_documents",
    "found_brand",
    "look_again",
    "prove_domain",
    "refresh_badge",
    "remove_document",
    "save_pictures",
    "save_policies",
    "save_trader_data",
    "send_code",
    "submit_papers",
    "vouch",
]
