"""What travels inside an export: the verifier, which needs nothing but Python, and the words that explain it."""
