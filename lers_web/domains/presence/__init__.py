"""Who is there right now."""
