"""What those who bought a product say of it."""
