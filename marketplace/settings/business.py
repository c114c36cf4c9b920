"""The business: who runs this market, its share, and how brands prove their domains."""

from decimal import Decimal

from django.core.exceptions import ImproperlyConfigured

from marketplace.settings.environment import PRODUCTION, SITE_NAME, env, required_in_production

# Our share of what a seller captures.
PLATFORM_FEE_RATE = Decimal(env("PLATFORM_FEE_RATE", default="0.06"))

# Where a brand puts the token that proves its domain: in a file there, or on the front page.
CLAIM_ADDRESS = env("CLAIM_ADDRESS", default="https://{domain}{path}")
# Hosts with ports that `core.http.fetch` may ask although they are inside: for tests, nowhere else.
FETCH_ALSO = frozenset(env.list("FETCH_ALSO", default=[]))
if PRODUCTION and FETCH_ALSO:
    raise ImproperlyConfigured("FETCH_ALSO opens the inside to what people type: never set it.")

# Shown in the imprint.
OPERATOR_NAME = required_in_production("OPERATOR_NAME", default=f"{SITE_NAME} demonstration")
OPERATOR_ADDRESS = required_in_production(
    "OPERATOR_ADDRESS", default="Speicherstraße 1, 20457 Hamburg, Germany"
)
OPERATOR_REGISTER = env("OPERATOR_REGISTER", default="")
CONTACT_EMAIL = required_in_production("CONTACT_EMAIL", default="hello@parley.example")
