"""The words of the catalog: kinds of fields, and the request types, mandates and identifier types an item may name.

The last three belong to requests, which stand above the catalog and may not be imported here; a test holds them equal.
"""

from __future__ import annotations

from enum import StrEnum


class FieldKind(StrEnum):
    """What a required field holds. IDENTIFIER and PERIOD point at those parts of a request, the rest at ``answers``."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    DATE = "DATE"
    CHOICE = "CHOICE"
    IDENTIFIER = "IDENTIFIER"
    PERIOD = "PERIOD"


REQUEST_TYPES = (
    "SUBSCRIBER_INFO", "CDR", "IPDR", "TOWER_DUMP", "KYC", "BANK_STATEMENT", "TRANSACTION_TRAIL", "LOGIN_LOGS",
    "DEVICE_INFO", "LOCATION", "CONTENT", "CCTV", "ORDER_DETAILS", "PRESERVATION", "RESTRAINT", "OTHER",
)  # fmt: skip
MANDATE_TYPES = (
    "BNSS_94", "COURT_ORDER", "SEARCH_WARRANT", "BNSS_106", "IT_ACT", "CRPC_91", "CRPC_92", "BBE_ACT", "EMERGENCY",
    "LETTER", "MLAT", "OTHER",
)  # fmt: skip
IDENTIFIER_TYPES = (
    "MSISDN", "IMEI", "IMSI", "ICCID", "IP", "MAC", "EMAIL", "URL", "HANDLE", "PAN", "AADHAAR", "GSTIN",
    "BANK_ACCOUNT", "UPI_VPA", "UPI_RRN", "UTR", "CARD", "VEHICLE", "PASSPORT", "EPIC", "CRYPTO_ADDRESS", "CRYPTO_TX",
    "CELL", "IBAN", "DEVICE_ID", "ORDER_ID", "OTHER",
)  # fmt: skip
