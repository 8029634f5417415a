"""One rule for each type of identifier; ``identifiers`` is their public face."""
