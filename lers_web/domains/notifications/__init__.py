"""What people are told, in the portal, by hub and by mail."""
