"""The bare limit: what Django does at most for one query and 24 cards. See `bench.pages`."""
