from django.urls import URLPattern, URLResolver, path

from sandbox import api, views

handler404 = "sandbox.views.missing"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz),
    path("pay/<str:ref>/", views.pay),
    path("verify/<str:ref>/", views.verify),
    path("leave/<str:ref>/", views.leave),
    path("v1/payments", api.payments),
    path("v1/payments/<str:own_id>", api.payment),
    path("v1/payments/<str:own_id>/cancel", api.cancel),
    path("v1/payments/<str:own_id>/operations", api.operations),
    path("v1/payments/<str:own_id>/webhooks", api.webhooks),
    path("v1/tokens/<str:token>", api.token),
    path("v1/control", api.control),
]
