"""What a browser and a program are told when something was refused."""

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from psycopg.errors import LockNotAvailable

from core import clock
from core.errors import Conflict, NotFound, TooMany
from core.idempotency import run_once
from core.media import store_image
from core.models import Delivery, Image, OutboxEvent
from core.testing import picture_file

WHAT = {
    "conflict": Conflict("The price has <changed>.", shown=1),
    "missing": NotFound(),
    "often": TooMany(30),
    "busy": OperationalError("canceling statement"),
    "away": OperationalError("connection refused"),
}
WHAT["busy"].__cause__ = LockNotAvailable()


def raises(request, name: str) -> HttpResponse:
    raise WHAT[name]


urlpatterns = [path("refuse/<name>/", raises), path("", include("marketplace.urls"))]


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "status", "retry"),
    [
        ("conflict", 409, None),
        ("missing", 404, None),
        ("often", 429, "30"),
        ("busy", 503, "2"),
        ("away", 503, "2"),
    ],
)
def test_a_refusal_is_a_page_with_its_status(client, name, status, retry):
    answer = client.get(f"/refuse/{name}/")
    assert answer.status_code == status
    assert answer.get("Retry-After") == retry
    assert "no-store" in answer["Cache-Control"]
    page = BeautifulSoup(answer.content, "html5lib")
    assert len(page.select("h1")) == 1
    assert "Traceback" not in page.text
    if name == "conflict":
        assert "The price has <changed>." in page.select_one("h1").text


@pytest.mark.django_db
def test_a_program_gets_a_problem_document(client):
    answer = client.get("/refuse/conflict/", headers={"Accept": "application/json"})
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "conflict"
    assert answer.json()["status"] == answer.status_code == 409


@pytest.mark.django_db
def test_a_small_act_gets_a_line_of_words(client):
    answer = client.post("/refuse/often/", headers={"X-Fragment": "act"})
    assert answer.status_code == 429
    assert set(answer.json()) == {"text"}


@pytest.mark.django_db
def test_staff_see_dead_letters_and_start_them_anew(admin_client, django_assert_max_num_queries):
    event = OutboxEvent.objects.create(type="core.Test", data={})
    dead, done = (
        Delivery.objects.create(
            event=event, receiver=f"core.{state}", queue="default", state=state, attempts=9
        )
        for state in ("dead", "done")
    )
    address = "/admin/core/delivery/"
    asked = {"action": "retry", "_selected_action": [dead.pk, done.pk]}
    answer = admin_client.post(address, asked)
    assert b"core.dead" in answer.content
    assert b"core.done" not in answer.content
    dead.refresh_from_db()
    assert dead.state == "dead"
    answer = admin_client.post(address, {**asked, "confirmed": "yes"}, follow=True)
    assert b"1 delivery starts anew" in answer.content
    dead.refresh_from_db()
    done.refresh_from_db()
    assert (dead.state, dead.attempts, done.state) == ("pending", 0, "done")


@pytest.mark.django_db
def test_the_admin_lists_cost_the_same_for_one_and_for_many(
    admin_client, django_assert_max_num_queries
):
    run_once(principal="u:1", route="pay", key="k", body={}, work=dict)
    for _number in range(12):
        store_image(file=picture_file())
    assert Image.objects.count() == Delivery.objects.count() == 12
    for name in ("outboxevent", "delivery", "idempotencykey", "image"):
        with django_assert_max_num_queries(9):
            # session, user, count, rows, and the values of the filters
            answer = admin_client.get(f"/admin/core/{name}/?q={clock.now().year}")
        assert answer.status_code == 200
        rows = {"outboxevent": OutboxEvent, "delivery": Delivery, "image": Image}
        if name in rows:
            pk = rows[name].objects.first().pk
            assert admin_client.get(f"/admin/core/{name}/{pk}/change/").status_code == 200
            assert admin_client.post(f"/admin/core/{name}/{pk}/delete/").status_code == 403
