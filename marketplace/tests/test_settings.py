"""Settings come from the environment, and production refuses what is only for one's own machine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PRODUCTION = {
    "PARLEY_ENV": "production",
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz-0123456789-" * 2,
    "PAYMENTS_WEBHOOK_SECRET": "w" * 50,
    "PAYMENTS_API_KEY": "p" * 50,
    "SITE_URL": "https://parley.example",
    "ALLOWED_HOSTS": "parley.example",
    "DATABASE_URL": "postgres://market@db.example/market",
    "REDIS_URL": "redis://redis.example:6379/0",
    "EMAIL_URL": "smtp+tls://user:word@mail.example:587",
    "PROVIDER_ORIGIN": "https://pay.example",
    "LIVE_URL": "/live/",
    "OPERATOR_NAME": "A trader",
    "OPERATOR_ADDRESS": "1 Street, Town",
    "CONTACT_EMAIL": "hello@parley.example",
}
PRINT = (
    "import json; from marketplace import settings; "
    "print(json.dumps({k: str(v) for k, v in vars(settings).items() if k.isupper()}))"
)


def load(var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", PRINT],
        env={**keep, "PARLEY_VAR": str(var), **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def values(var: Path, **environment: str) -> dict[str, str]:
    done = load(var, **environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_nothing_set_is_a_local_demo(tmp_path: Path) -> None:
    found = values(tmp_path)

    assert found["PRODUCTION"] == "False"
    assert found["DEMO"] == "True"
    assert found["SITE_NAME"] == "Parley"
    assert found["SITE_URL"] == "http://localhost:8000"
    assert str(tmp_path / "pg") in found["DATABASES"]
    assert found["EMAIL_BACKEND"].endswith("filebased.EmailBackend")


def test_secret_is_made_once_and_private(tmp_path: Path) -> None:
    first, second = values(tmp_path), values(tmp_path)

    assert len(first["SECRET_KEY"]) >= 50
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "payments-api-key",
        "secret-key",
        "webhook-secret",
    ]


def test_production_starts_with_everything_named(tmp_path: Path) -> None:
    found = values(tmp_path, **PRODUCTION)

    assert found["DEMO"] == "False"
    assert found["SESSION_COOKIE_SECURE"] == "True"
    assert found["CSRF_COOKIE_SECURE"] == "True"
    assert found["SESSION_COOKIE_NAME"] == "__Host-session"
    assert int(found["SECURE_HSTS_SECONDS"]) > 0
    assert "sandbox" not in found["INSTALLED_APPS"]
    assert "demo" not in found["INSTALLED_APPS"]
    assert "https://pay.example" in found["SECURE_CSP"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "missing",
    [
        "SECRET_KEY",
        "PAYMENTS_WEBHOOK_SECRET",
        "SITE_URL",
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "REDIS_URL",
        "EMAIL_URL",
        "OPERATOR_NAME",
        "OPERATOR_ADDRESS",
        "CONTACT_EMAIL",
    ],
)
def test_production_asks_for_what_is_missing(tmp_path: Path, missing: str) -> None:
    done = load(tmp_path, **{k: v for k, v in PRODUCTION.items() if k != missing})

    assert done.returncode != 0
    assert f"Set {missing} in production." in done.stderr


@pytest.mark.parametrize("convenience", ["DEMO", "DEBUG"])
def test_production_refuses_local_conveniences(tmp_path: Path, convenience: str) -> None:
    done = load(tmp_path, **PRODUCTION, **{convenience: "true"})

    assert done.returncode != 0
    assert "Neither DEMO nor DEBUG may be on in production." in done.stderr


def test_production_exempts_nobody_from_second_factors(tmp_path: Path) -> None:
    done = load(tmp_path, **PRODUCTION, SECOND_FACTOR_EXEMPT="demo.example")

    assert done.returncode != 0
    assert "SECOND_FACTOR_EXEMPT is for demonstrations" in done.stderr


def test_other_databases_are_refused(tmp_path: Path) -> None:
    done = load(tmp_path, DATABASE_URL="sqlite:///x.db")

    assert done.returncode != 0
    assert "DATABASE_URL must name a PostgreSQL database." in done.stderr


def test_queues_do_not_share_an_exchange() -> None:
    """Queues bound to one exchange by one key would each get a copy of every message."""
    bindings = {(queue.exchange.name, queue.routing_key) for queue in settings.CELERY_TASK_QUEUES}

    assert len(bindings) == len(settings.CELERY_TASK_QUEUES)


def test_every_beat_entry_names_a_task() -> None:
    from marketplace.celery import app

    app.loader.import_default_modules()
    known = set(app.tasks)

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= known


def test_csp_has_no_loophole() -> None:
    sources = [source for each in settings.SECURE_CSP.values() for source in each]

    assert settings.SECURE_CSP["default-src"] == ["'none'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"} & set(sources)


WORK = {
    "OIDC_PROVIDERS": "work,other",
    "OIDC_WORK_TITLE": "Harbour Works",
    "OIDC_WORK_ISSUER": "https://id.example/realm",
    "OIDC_WORK_CLIENT_ID": "market",
    "OIDC_WORK_CLIENT_SECRET": "not to be printed",
    "OIDC_OTHER_ISSUER": "https://other.example",
    "OIDC_OTHER_CLIENT_ID": "market",
}


def test_providers_of_log_ins_are_read_in_their_order(tmp_path: Path) -> None:
    assert values(tmp_path)["LOG_IN_PROVIDERS"] == "()"
    said = values(tmp_path, **PRODUCTION, **WORK)["LOG_IN_PROVIDERS"]
    assert said.index("Harbour Works") < said.index("title='Other'")
    assert "not to be printed" not in said


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"OIDC_WORK_ISSUER": ""}, "Set OIDC_WORK_ISSUER"),
        ({"OIDC_WORK_CLIENT_ID": ""}, "Set OIDC_WORK_CLIENT_ID"),
        ({"OIDC_WORK_ISSUER": "http://id.example"}, "is no https address"),
        ({"OIDC_WORK_ISSUER": "id.example"}, "is no https address"),
        ({"OIDC_WORK_ISSUER": "https://other.example"}, "the same issuer"),
        ({"OIDC_PROVIDERS": "work,work"}, "the same slug"),
        ({"OIDC_PROVIDERS": "../x"}, "letters and digits"),
    ],
)
def test_half_a_provider_does_not_start(tmp_path: Path, change: dict[str, str], word: str) -> None:
    done = load(tmp_path, **PRODUCTION, **{**WORK, **change})
    assert done.returncode != 0
    assert word in done.stderr


WHERE_OPERATORS_WORK = """
import django
django.setup()
from django.urls import is_valid_path, reverse
print(reverse("admin:index"), bool(is_valid_path("/admin/orders/order/")))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "said"),
    [({}, "/admin/ True"), ({"ADMIN_PATH": "/back/office/"}, "/back/office/ False")],
)
def test_the_administration_is_where_it_is_said_to_be(
    environment: dict[str, str], said: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WHERE_OPERATORS_WORK],
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "marketplace.settings",
            "PARLEY_VAR": str(tmp_path),
            **environment,
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == said


@pytest.mark.parametrize("path", ["/", "admin/", "/../admin/"])
def test_the_administration_is_at_no_odd_place(path: str, tmp_path: Path) -> None:
    done = load(tmp_path, ADMIN_PATH=path)

    assert done.returncode != 0
    assert "ADMIN_PATH is letters" in done.stderr
