"""In the way of the real one, which a development environment has and structlog loads: 17 MB."""

raise ImportError("Not among the packages that the market runs with.")
