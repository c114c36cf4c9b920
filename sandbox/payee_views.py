"""The page on which a payee says where their money goes. Works with nothing but HTML."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sandbox import payees
from sandbox.forms import PayeeForm
from sandbox.models import Payee
from sandbox.payees import TEST_IBANS
from sandbox.sender import wake
from sandbox.views import guard


@require_http_methods(["GET", "HEAD", "POST"])
def payee(request: HttpRequest, ref: str) -> HttpResponse:
    """Two fields and a button; a verified payee may name another account."""
    row = Payee.objects.select_related("account").filter(ref=ref).first()
    if row is None:
        raise Http404
    form = PayeeForm(request.POST or None, initial={"holder": row.name})
    if request.method == "POST" and form.is_valid() and form.iban is not None:
        row = payees.name_bank_account(ref=ref, iban=form.iban)
        wake()
        return HttpResponseRedirect(row.return_url, status=303)
    shop = urlsplit(row.return_url)
    context = {"form": form, "payee": row, "shop": shop.netloc, "ibans": TEST_IBANS}
    status = 422 if form.errors else 200
    return guard(render(request, "sandbox/payee.html", context, status=status), row.return_url)
