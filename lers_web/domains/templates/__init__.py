"""Requests prepared for reuse."""
