from django.urls import URLPattern, URLResolver, path

from payments import views

app_name = "payments"
urlpatterns: list[URLPattern | URLResolver] = [
    path("webhooks/payments/", views.webhook, name="webhook"),
    path("settings/payment/", views.methods, name="methods"),
    path("settings/payment/<slug:public_id>/forget/", views.forget, name="forget"),
    path("settings/payment/<slug:public_id>/default/", views.make_default, name="make_default"),
]
