from django.http import Http404, HttpRequest, HttpResponse


def listing(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def purchase(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def claim(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def order(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def track(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def cancel(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def received(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404
