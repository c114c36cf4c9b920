"""The API of the catalogue: products, variants, offers, delivery."""
