"""Reading and verifying the audit trail."""
