"""The conversation of a request between officer and provider."""
