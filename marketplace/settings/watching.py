"""What those who run the market watch: metrics and logs."""

import os

from marketplace.logs import logging_settings
from marketplace.settings.environment import PARLEY_VAR, PRODUCTION, env
from marketplace.supervisor import paths

# --- Metrics -------------------------------------------------------------------------------------
# Who knows it reads /metrics. Empty: nothing is measured and there is no such page.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
# Where a worker that runs apart from the pages serves its own; 0 for not at all.
METRICS_PORT = env.int("METRICS_PORT", default=0)
if METRICS_TOKEN:
    os.environ.setdefault(
        "PROMETHEUS_MULTIPROC_DIR", str(paths.make_private(PARLEY_VAR / "metrics"))
    )

# --- Logs ----------------------------------------------------------------------------------------
LOG_LEVEL = env("LOG_LEVEL", default="INFO")
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_settings(
    as_json=env("LOG_FORMAT", default="json" if PRODUCTION else "console") == "json",
    level=LOG_LEVEL,
)
