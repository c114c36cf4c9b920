from django.http import Http404, HttpRequest, HttpResponse


def page(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def add(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def line(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404
