"""One index of documents that every app above writes down into, and the query behind the box.

A document is (kind, public id) with a title, a body, facets and a popularity. Who wrote it composes
the cards from the hits.
"""
