"""The merchant's interface to payees."""

from django.http import HttpResponse, JsonResponse

from sandbox import payees as acts
from sandbox.api import Body, endpoint, text_of, waiting
from sandbox.data import payee_data
from sandbox.intents import Refused
from sandbox.models import Account, Payee
from sandbox.sender import wake


@endpoint("POST")
def payees(account: Account, body: Body) -> HttpResponse:
    country = text_of(body, "country", longest=2)
    if not (len(country) == 2 and country.isascii() and country.isupper()):
        raise Refused("bad_request", 400)
    payee = acts.create(
        account=account,
        own_id=text_of(body, "id", longest=80),
        name=text_of(body, "name", longest=200),
        country=country,
        return_url=text_of(body, "return_url"),
    )
    return JsonResponse(payee_data(payee), status=201)


@endpoint("GET")
def payee(account: Account, _body: Body, own_id: str) -> HttpResponse:
    return JsonResponse(payee_data(_payee(account, own_id)))


@endpoint("POST")
def settle(account: Account, _body: Body, own_id: str) -> HttpResponse:
    """For tests: the bank has looked at a pending payee."""
    settled = acts.settle(own_id=own_id, account=account)
    wake()
    return JsonResponse(payee_data(settled))


@endpoint("POST")
def restrict(account: Account, _body: Body, own_id: str) -> HttpResponse:
    """For tests: the bank wants to know more."""
    restricted = acts.restrict(own_id=own_id, account=account)
    wake()
    return JsonResponse(payee_data(restricted))


@endpoint("GET")
def webhooks(account: Account, _body: Body, own_id: str) -> HttpResponse:
    """For tests: the messages about a payee that were not taken yet."""
    return waiting(account, _payee(account, own_id).webhooks.all())


def _payee(account: Account, own_id: str) -> Payee:
    found = Payee.objects.filter(account=account, own_id=own_id).first()
    if found is None:
        raise Refused("not_found", 404)
    return found
