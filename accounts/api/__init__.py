"""The API of people: who asks, profiles, follows, addresses, tokens."""
