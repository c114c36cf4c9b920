"""A project as `startproject` makes it, on the database of the market, with Jinja2 for its page."""

import os
from pathlib import Path

SECRET_KEY = "bare"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "bench.bare.app"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "market",
        "USER": "market",
        "HOST": os.environ["BARE_DATABASE_HOST"],
        "CONN_MAX_AGE": 600,
    }
}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent],
        "OPTIONS": {"autoescape": True},
    }
]
USE_TZ = True
