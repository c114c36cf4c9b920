"""Where rows and fleeting things are kept: PostgreSQL, and Valkey or Redis."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from marketplace.settings.environment import PARLEY_VAR, env, required_in_production
from marketplace.supervisor import paths

# --- Database ------------------------------------------------------------------------------------
# A busy row answers "please try again" instead of hanging a worker; 0 switches a limit off.
_DATABASE_LIMITS_MS = {
    "statement_timeout": env.int("DB_STATEMENT_TIMEOUT_MS", default=5_000),
    "lock_timeout": env.int("DB_LOCK_TIMEOUT_MS", default=3_000),
    "idle_in_transaction_session_timeout": env.int("DB_IDLE_TIMEOUT_MS", default=10_000),
}
DATABASE_URL = required_in_production("DATABASE_URL", default="")
_database: dict[str, Any] = (
    environ.Env.db_url_config(DATABASE_URL)
    if DATABASE_URL
    else {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": env("DATABASE_NAME", default="market"),
        "USER": "market",
        "HOST": str(paths.postgres_socket_directory(var=PARLEY_VAR)),
    }
)
if _database["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database.")
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **_database.get("OPTIONS", {}),
            "connect_timeout": 3,
            # IsolationLevel.READ_COMMITTED; by its number, for the clock reads these settings too
            # and should not load a database driver.
            "isolation_level": 2,
            # Plans of the questions of every page (core.prepared) are kept for the connection; a
            # pooler that gives each transaction another one must know them, or this must be off.
            "prepare_threshold": 5 if env.bool("DATABASE_PREPARED", default=True) else None,
            "options": " ".join(
                [
                    *filter(None, [_database.get("OPTIONS", {}).get("options")]),
                    *(f"-c {name}={ms}" for name, ms in _DATABASE_LIMITS_MS.items()),
                    # Else it plans anew whenever a plan for these arguments alone looks cheaper.
                    "-c plan_cache_mode=force_generic_plan",
                    # Of disks with heads; from memory or flash it makes sorting what an index has
                    # in order look cheap (the pins of 3,000 authors: 99 ms, with this 38).
                    "-c random_page_cost=1.1",
                ]
            ),
        },
        "TEST": {"TEMPLATE": env("TEST_DATABASE_TEMPLATE", default=None)},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis protocol: broker, cache, live ---------------------------------------------------------
REDIS_URL = required_in_production("REDIS_URL", default="")
_valkey = paths.valkey_socket(var=PARLEY_VAR)
BROKER_URL = env("BROKER_URL", default=REDIS_URL or f"redis+socket://{_valkey}?virtual_host=0")
CACHE_URL = env("CACHE_URL", default=REDIS_URL or f"unix://{_valkey}?db=1")
# Publish and subscribe for the event stream; `notifications` reads it.
LIVE_REDIS_URL = env("LIVE_REDIS_URL", default=REDIS_URL or f"unix://{_valkey}?db=2")

CACHES = {
    "default": {
        "BACKEND": "marketplace.cache.ForgivingRedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "market",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}
