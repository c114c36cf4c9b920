from django.urls import URLPattern, URLResolver, path

from sandbox import api, payee_api, payee_views, views

handler404 = "sandbox.views.missing"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz),
    path("pay/<slug:ref>/", views.pay),
    path("verify/<slug:ref>/", views.verify),
    path("leave/<slug:ref>/", views.leave),
    path("payees/<slug:ref>/", payee_views.payee),
    path("v1/payees", payee_api.payees),
    path("v1/payees/<slug:own_id>", payee_api.payee),
    path("v1/payees/<slug:own_id>/settle", payee_api.settle),
    path("v1/payees/<slug:own_id>/restrict", payee_api.restrict),
    path("v1/payees/<slug:own_id>/webhooks", payee_api.webhooks),
    path("v1/payments", api.payments),
    path("v1/payments/<slug:own_id>", api.payment),
    path("v1/payments/<slug:own_id>/cancel", api.cancel),
    path("v1/payments/<slug:own_id>/operations", api.operations),
    path("v1/payments/<slug:own_id>/lapse", api.lapse),
    path("v1/payments/<slug:own_id>/webhooks", api.webhooks),
    path("v1/tokens/<slug:token>", api.token),
    path("v1/control", api.control),
]
