"""The API of buying and selling: bag, checkout, purchases, orders."""
