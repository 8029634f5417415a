"""What is only for the web: authentication, errors, JSON, limits, headers, health."""
