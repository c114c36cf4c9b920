from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Product reviews")

    def ready(self) -> None:
        from accounts.actions import erasure_hooks
        from accounts.events import PersonRestored, PersonSuspended
        from core.events import subscribe
        from notifications import kinds
        from orders import said
        from reviews import integrity, leaving, queries, receivers
        from reviews.events import ReviewWritten

        erasure_hooks.register(hook=leaving.erase)
        integrity.register()
        said.register(queries.said_of_lines)
        kinds.register(
            kinds.Kind(
                "reviews.written",
                _("Reviews of what your brand sells"),
                ("in_app",),
                group="replies",
                roles=frozenset({"chat"}),
            )
        )
        subscribe(ReviewWritten, receivers.tell_of_review)
        subscribe(PersonSuspended, receivers.count_without)
        subscribe(PersonRestored, receivers.count_with)
