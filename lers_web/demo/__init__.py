"""The demo system: people, promises and 90 days of requests, made by the use cases themselves. Never in production."""
