"""Writing the index."""

from search.actions.rebuilding import rebuild
from search.actions.writing import put_documents, remove_documents, set_popularity

__all__ = ["put_documents", "rebuild", "remove_documents", "set_popularity"]
