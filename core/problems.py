"""RFC 9457: a refusal as a document that a program can read."""

from __future__ import annotations

from typing import Any

from core.errors import DomainError

CONTENT_TYPE = "application/problem+json"
# What of an error's data is for its asker. Keys of rows and the like stay inside.
_TOLD = (
    *("variants", "fields", "was", "now", "currency", "scope", "wanted", "available"),
    *("items", "place", "version", "last_save", "last_undone"),
)


def problem_document(error: DomainError) -> dict[str, Any]:
    """The document of a refusal: `code` is stable, `title` and `detail` are for people.

    Further members say what a program needs to go on; `errors` names fields one by one.
    """
    document = {
        "type": "about:blank",
        "title": str(error.title),
        "status": error.status,
        "detail": str(error.message),
        "code": error.code,
    }
    document |= {name: error.data[name] for name in _TOLD if name in error.data}
    if error.field_errors:
        document["errors"] = [dict(one) for one in error.field_errors]
    return document
