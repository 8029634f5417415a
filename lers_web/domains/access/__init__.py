"""Access: how the platform's people come to see a case that is not theirs, for how long, and who hears of it."""
