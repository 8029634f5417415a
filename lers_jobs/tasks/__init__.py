"""The jobs: each opens a unit of work, or hands the backend to one use case, and is harmless when repeated."""
