from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrandsConfig(AppConfig):
    name = "brands"
    verbose_name = _("Brands' papers")

    def ready(self) -> None:
        from accounts import acts
        from accounts.actions import approval_checks
        from brands import notices, receivers
        from brands.completeness import check_complete

        for name, words in {
            "founded": _("began the brand"),
            "trader_changed": _("changed the trader details"),
            "email_confirmed": _("confirmed the contact e-mail"),
            "declared": _("declared that the brand obeys the law"),
            "policies_changed": _("changed the policies"),
            "pictures_changed": _("changed picture or cover"),
            "domain_claimed": _("claimed a domain"),
            "domain_proved": _("proved a domain"),
            "document_added": _("added a document to the papers"),
            "document_removed": _("removed a document from the papers"),
            "submitted": _("submitted the brand"),
        }.items():
            acts.register(f"brands.{name}", words, group="storefront")
        notices.register_kinds()
        receivers.connect()
        approval_checks.register(check=check_complete)
