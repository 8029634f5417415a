"""The smallest honest programs for the same work: what hardware and libraries allow without a product around."""
