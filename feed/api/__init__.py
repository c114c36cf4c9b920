"""The API of the feed: walls, pins, boards, saves."""
