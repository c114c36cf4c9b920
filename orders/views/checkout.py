from django.http import Http404, HttpRequest, HttpResponse


def start(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def page(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def come_back(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


def stop(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404
