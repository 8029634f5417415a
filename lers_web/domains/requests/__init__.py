"""Requests and their life cycle: the heart of LERS."""
