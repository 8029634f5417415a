"""Benchmarks: LERS against the smallest honest programs that do the same work (``make bench``)."""
