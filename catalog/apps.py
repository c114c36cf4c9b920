from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self) -> None:
        from accounts.events import BrandApproved, BrandClosed, BrandSuspended, ProfileChanged
        from catalog import acts, documents, integrity, notices, receivers, service_documents
        from catalog.events import AttributeChanged, CategoryChanged, DeliveryChanged
        from catalog.models import Product, Service
        from core.events import subscribe
        from search import sources

        acts.register()
        notices.register()
        integrity.register()
        subscribe(BrandApproved, receivers.show_products)
        subscribe(BrandSuspended, receivers.hide_products)
        subscribe(BrandClosed, receivers.hide_products)
        subscribe(ProfileChanged, receivers.rename_seller)
        subscribe(AttributeChanged, receivers.rename_answers)
        subscribe(CategoryChanged, receivers.rename_branch)
        subscribe(DeliveryChanged, receivers.tell_where_it_ships)
        for kind, rows, made in (
            (documents.KIND, Product.objects.all, documents.documents_of),
            (service_documents.KIND, Service.objects.all, service_documents.documents_of),
        ):
            sources.register(sources.Source(kind=kind, rows=rows, documents=made))
