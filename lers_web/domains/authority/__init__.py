"""Who may approve what: authority rules and delegations."""
