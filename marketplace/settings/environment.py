"""Which kind of run this is, where its data lie, and how the other modules read a variable."""

import os
import secrets

import environ
from django.core.exceptions import ImproperlyConfigured

from marketplace.supervisor import paths

env = environ.Env()

BASE_DIR = paths.ROOT
PARLEY_ENV = env("PARLEY_ENV", default="local")
if PARLEY_ENV not in ("local", "production"):
    raise ImproperlyConfigured("PARLEY_ENV is 'local' or 'production'.")
PRODUCTION = PARLEY_ENV == "production"
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=not PRODUCTION)
if PRODUCTION and (DEMO or DEBUG):
    raise ImproperlyConfigured("Neither DEMO nor DEBUG may be on in production.")

PARLEY_VAR = paths.data_directory()
SITE_NAME = env("SITE_NAME", default="Parley")


def required_in_production(name: str, *, default: str) -> str:
    """The variable `name`; `default` where nothing is set, which only a local run may do."""
    value = env(name, default="")
    if value:
        return str(value)
    if PRODUCTION:
        raise ImproperlyConfigured(f"Set {name} in production.")
    return default


def _kept_secret(name: str) -> str:
    """A secret made once and kept in the data directory; safe when several processes start."""
    kept = paths.make_private(PARLEY_VAR) / name
    if not kept.exists():
        fresh = kept.with_name(f".{name}.{os.getpid()}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(fresh, kept)
        except FileExistsError:
            pass  # another process was first: its secret counts
        finally:
            fresh.unlink()
    return kept.read_text().strip()


def secret(variable: str, name: str) -> str:
    """The secret in `variable`; a local run without it keeps one of its own as the file `name`."""
    value = required_in_production(variable, default="")
    return value or _kept_secret(name)


SECRET_KEY = secret("SECRET_KEY", "secret-key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
