"""The smallest honest programs for the same work: what the hardware and the libraries allow without a product around."""
