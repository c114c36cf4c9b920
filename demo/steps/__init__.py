"""The demo comes to life: each step acts through the same functions as a visitor's click."""
