"""Which pin, board or search earned which order: conversions and dashboards."""
