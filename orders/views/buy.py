from django.http import Http404, HttpRequest, HttpResponse


def sheet(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404
