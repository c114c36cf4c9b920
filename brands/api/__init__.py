"""The API of a brand's papers."""
