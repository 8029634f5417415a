"""Figures for the dashboards, scoped to the caller."""
