from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from brands.api import papers

app_name = "brands_api"
_PAPERS = "studio/<str:handle>/papers/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("brands/", resource(post=papers.found), name="brands"),
    path(_PAPERS, resource(get=papers.read_papers), name="papers"),
    path(f"{_PAPERS}submit/", resource(post=papers.submit), name="submit"),
    path(f"{_PAPERS}trader/", resource(put=papers.change_trader), name="trader"),
    path(f"{_PAPERS}email/", resource(put=papers.confirm_email), name="email"),
    path(f"{_PAPERS}email/code/", resource(post=papers.send_code), name="email_code"),
    path(f"{_PAPERS}declaration/", resource(put=papers.declare), name="declaration"),
    path(f"{_PAPERS}policies/", resource(put=papers.change_policies), name="policies"),
    path(f"{_PAPERS}pictures/", resource(patch=papers.change_pictures), name="pictures"),
    path(f"{_PAPERS}domain/", resource(put=papers.claim_domain), name="domain"),
    path(f"{_PAPERS}domain/look/", resource(post=papers.prove_domain), name="domain_look"),
    path(
        f"{_PAPERS}payout/",
        resource(get=papers.read_payout, post=papers.open_payout),
        name="payout",
    ),
]
