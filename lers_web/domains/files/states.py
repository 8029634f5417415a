"""Where a file stands between its announcement and its release to readers."""

from __future__ import annotations

from enum import StrEnum


class ScanStatus(StrEnum):
    """One way only: AWAITING_UPLOAD, then PENDING, then what the scan found. Bytes never change after the upload."""

    AWAITING_UPLOAD = "AWAITING_UPLOAD"
    PENDING = "PENDING"
    CLEAN = "CLEAN"
    SUSPICIOUS = "SUSPICIOUS"
    INFECTED = "INFECTED"
    ERROR = "ERROR"
    UNSCANNED = "UNSCANNED"


READABLE = frozenset({ScanStatus.CLEAN, ScanStatus.UNSCANNED})
"""Only such files are read, downloaded or used. UNSCANNED exists only while LERS_SCAN_REQUIRED is off."""
