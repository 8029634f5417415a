"""The part of LERS that knows no web framework and no domain: transactions, actors, audit, outbox, ports."""
