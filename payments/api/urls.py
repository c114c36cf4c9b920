from django.urls import URLPattern, URLResolver, path

from api.endpoint import resource
from payments.api import balance, views

app_name = "payments_api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("me/payment-methods/", resource(get=views.list_methods), name="methods"),
    path("me/payment-methods/<str:public_id>/", resource(delete=views.forget), name="method"),
    path(
        "me/payment-methods/<str:public_id>/first/",
        resource(post=views.use_first),
        name="method_first",
    ),
    path(
        "studio/<str:handle>/balance/",
        resource(get=balance.list_moves),
        name="studio_balance",
    ),
    path(
        "studio/<str:handle>/balance/owed/",
        resource(get=balance.read_balance),
        name="studio_owed",
    ),
]
