"""Settings of the market, read from the environment; each module of this package is one concern.

With nothing set, everything is local: embedded servers under PARLEY_VAR, mails written to files,
the demo switched on. `PARLEY_ENV=production` turns each convenience off and asks for the rest.
docs/operations.md lists the variables.
"""

# ruff: noqa: F403 - Django asks for all of them under one name.
from marketplace.settings.addresses import *
from marketplace.settings.api import *
from marketplace.settings.background import *
from marketplace.settings.browser import *
from marketplace.settings.business import *
from marketplace.settings.environment import *
from marketplace.settings.installed import *
from marketplace.settings.mail import *
from marketplace.settings.pages import *
from marketplace.settings.people import *
from marketplace.settings.stores import *
from marketplace.settings.watching import *
