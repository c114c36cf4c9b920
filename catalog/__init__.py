"""What is sold: categories, storefronts, products, variants, prices and delivery methods."""
