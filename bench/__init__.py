"""What things cost on this machine: to be looked at by a person, never a test."""
