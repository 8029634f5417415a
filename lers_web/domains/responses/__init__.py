"""What a provider answers, and how the officer takes it."""
