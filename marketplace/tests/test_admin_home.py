"""The first page of the administration: what waits, in numbers that are those of the lists."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.testing import Profile, client_for, make_brand, make_operator, make_person
from brands.testing import make_submitted
from core import clock
from core.ids import new_public_id
from core.models import Delivery
from core.testing import deliver_all
from moderation.models import Report
from payments.models import Payment, ProviderEvent
from payments.testing import make_payment

pytestmark = pytest.mark.django_db
QUEUES = [
    "Answers about other payments",
    "Background tasks that failed for good",
    "Brands to let in",
    "Payments in review",
    "Reports to decide",
    "Trader details due to be looked at again",
    "Trader details that changed",
]


def queues(client: Client) -> dict[str, tuple[int, str, str]]:
    """Of each queue its number, where it leads, and what is said of it."""
    page = BeautifulSoup(client.get("/admin/").content, "html5lib")
    found = {}
    for row in page.select(".queues li"):
        link, note = row.select_one("a"), row.select_one("span")
        assert link is not None
        assert note is not None
        count, _space, says = link.get_text(" ", strip=True).partition(" ")
        found[says.strip()] = (int(count), str(link["href"]), note.get_text(strip=True))
    return found


def listed(client: Client, path: str) -> int:
    """How many rows the list behind a link has."""
    page = BeautifulSoup(client.get(path).content, "html5lib")
    return len(page.select("#result_list tbody tr"))


def one_more_of_each() -> None:
    make_submitted(name=f"Kiln {new_public_id()}")
    deliver_all()
    Delivery.objects.filter(pk=Delivery.objects.latest("pk").pk).update(
        state=Delivery.State.DEAD, done_at=None
    )
    payment = make_payment(sellers=[make_brand()])
    Payment.objects.filter(public_id=payment.payment_id).update(state="review")
    ProviderEvent.objects.create(
        event_id=new_public_id(),
        kind="answer.confused",
        outcome="review",
        body={},
        received_at=clock.now(),
    )
    about = {"reason": Report.Reason.SPAM, "text": "It is spam."}
    path = f"/report/profile/{make_brand().public_id}/"
    assert client_for(make_person()).post(path, about).status_code == 302


def operator() -> Profile:
    return make_operator()


def test_nothing_waits_in_a_quiet_market() -> None:
    found = queues(client_for(operator()))
    assert sorted(found) == QUEUES
    assert {(count, note) for count, _path, note in found.values()} == {(0, "nothing waits")}


def test_each_number_is_that_of_the_list_it_leads_to() -> None:
    client = client_for(operator())
    for _each in range(2):
        one_more_of_each()
    Report.objects.filter(pk=Report.objects.earliest("pk").pk).update(
        state="dismissed", decided_at="2026-01-01T00:00Z"
    )
    found = queues(client)
    assert {*list(found)[-2:]} == {*QUEUES[-2:]}, "where nothing waits comes last"
    counts = {says: count for says, (count, _path, _note) in found.items()}
    assert counts == dict(zip(QUEUES, (2, 2, 2, 2, 1, 0, 0), strict=True))
    for says, (count, path, note) in found.items():
        assert listed(client, path) == count, says
        assert note.startswith("waits for") == bool(count), says


def test_the_first_page_costs_the_same_however_much_waits() -> None:
    client = client_for(operator())
    client.get("/admin/")

    def cost() -> int:
        with CaptureQueriesContext(connection) as spent:
            client.get("/admin/")
        return len(spent)

    few = cost()
    for _each in range(3):
        one_more_of_each()
    assert cost() == few


def test_an_operator_reads_of_what_they_may_decide_only() -> None:
    person = operator()
    assert person.user is not None
    person.user.is_superuser = False
    person.user.save()
    person.user.groups.clear()
    assert queues(client_for(person)) == {}
    person.user.user_permissions.add(Permission.objects.get(codename="view_report"))
    assert list(queues(client_for(person))) == ["Reports to decide"]
