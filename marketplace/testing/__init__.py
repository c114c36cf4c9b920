"""What the test command needs before any test runs: servers, and a database made once."""
