"""One index of documents that every app writes down into, and the query that answers the search box."""
