"""Questions that people ask brands."""
