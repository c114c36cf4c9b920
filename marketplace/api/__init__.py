"""Operations that need several apps at once: search, products with stock, figures."""
