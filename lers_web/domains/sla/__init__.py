"""The service-level clock: calendars, ledger, arithmetic. It knows no request."""
