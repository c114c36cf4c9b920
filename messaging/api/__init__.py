"""The API of questions."""
