from django.urls import URLPattern, URLResolver, path

from brands import views, views_delivery, views_documents, views_look

app_name = "brands"
urlpatterns: list[URLPattern | URLResolver] = [
    path("studio/new/", views.found, name="found"),
    path("studio/<str:handle>/papers/", views.papers, name="papers"),
    path("studio/<str:handle>/papers/submit/", views.submit, name="submit"),
    path("studio/<str:handle>/papers/trader/", views.trader, name="trader"),
    path("studio/<str:handle>/papers/email/", views.email, name="email"),
    path("studio/<str:handle>/papers/email/code/", views.send_code, name="send_code"),
    path("studio/<str:handle>/papers/payout/", views.payout, name="payout"),
    path("studio/<str:handle>/papers/payout/open/", views.payout_open, name="payout_open"),
    path("studio/<str:handle>/papers/declaration/", views.declaration, name="declaration"),
    path("studio/<str:handle>/papers/policies/", views.policies, name="policies"),
    path("studio/<str:handle>/papers/pictures/", views.pictures, name="pictures"),
    path("studio/<str:handle>/papers/domain/", views.domain, name="domain"),
    path("studio/<str:handle>/papers/domain/look/", views.domain_look, name="domain_look"),
    path("studio/<str:handle>/papers/documents/", views_documents.documents, name="documents"),
    path(
        "studio/<str:handle>/papers/documents/<slug:document_id>/",
        views_documents.document,
        name="document",
    ),
    path(
        "studio/<str:handle>/papers/documents/<slug:document_id>/remove/",
        views_documents.remove,
        name="document_remove",
    ),
    path("brand-css/1/<str:colours>.css", views_look.style, name="style"),
    path("studio/<str:handle>/storefront/", views_look.look, name="look"),
    path("studio/<str:handle>/storefront/undo/", views_look.undo, name="look_undo"),
    path("studio/<str:handle>/storefront/redo/", views_look.redo, name="look_redo"),
    path("studio/<str:handle>/delivery/", views_delivery.methods, name="delivery"),
    path("studio/<str:handle>/vacation/", views_delivery.vacation, name="vacation"),
    path("studio/<str:handle>/vacation/end/", views_delivery.vacation_end, name="vacation_end"),
    path("studio/<str:handle>/delivery/new/", views_delivery.method, name="delivery_new"),
    path(
        "studio/<str:handle>/delivery/<slug:method_id>/",
        views_delivery.method,
        name="delivery_edit",
    ),
    path(
        "studio/<str:handle>/delivery/<slug:method_id>/switch/",
        views_delivery.switch,
        name="delivery_switch",
    ),
    path(
        "studio/<str:handle>/delivery/<slug:method_id>/move/",
        views_delivery.move,
        name="delivery_move",
    ),
]
