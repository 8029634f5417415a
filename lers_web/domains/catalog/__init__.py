"""What a provider offers, and how it works: catalog items and service profiles."""
