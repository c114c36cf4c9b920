"""What the demo studios make, one module a craft."""
