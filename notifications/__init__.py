"""Delivery of notices: in-app, e-mail and the live badge. Apps above word their own messages."""
