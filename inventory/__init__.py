"""Stock and its reservations. Knows a buyer only as an opaque reference."""
