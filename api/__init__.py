"""What the API of every app stands on: operations, scopes, problem documents, pages of results."""
