"""Breadcrumbs: impressions, clicks, signed touches and consent. Knows who acted only by id."""
