"""Pins, product tags, boards and the walls they are shown on."""
