"""The failures of the standalone run. Each message says what to do."""

from __future__ import annotations


class StandaloneError(Exception):
    """The system cannot start or go on; the text is for the person at the terminal."""
