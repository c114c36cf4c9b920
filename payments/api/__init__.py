"""The API of kept cards."""
