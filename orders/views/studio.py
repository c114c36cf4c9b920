from django.http import Http404, HttpRequest, HttpResponse


def listing(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def pack(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def detail(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def ship(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def cancel(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404
