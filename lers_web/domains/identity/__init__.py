"""Who may use LERS: tenants, users, sessions, keys."""
