"""A made-up market to look around in: drawn pictures, invented people, every row by a real act."""
