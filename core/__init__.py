"""Money, public ids, clock, outbox, idempotency, limits, media, outbound HTTP: what every other app stands on."""
