"""What every market asks of its products, whatever an operator adds to it."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from catalog.attribute_types import AttributeDefinition

# Asked by every category at the root, and so by all. What an operator makes of one stays theirs.
HAND_MADE = AttributeDefinition(
    code="hand_made", name=gettext_noop("Made by hand"), kind="yes_no", categories=()
)
STANDARD = (HAND_MADE,)
