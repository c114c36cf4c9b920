"""Delivery of notices: in the app, by e-mail and on the live badge, as each person prefers.

Apps above word their own messages (`kinds.register`, templates) and call `actions.notify`.
"""
