"""What the demo's providers offer, promise and ask for. Turnaround hours are placeholders that providers edit."""

from __future__ import annotations

from typing import Any

from lers_web.demo.accounts import BANK, SOCIAL, TELECOM

_PERIOD_LABEL = {"en": "Period", "hi": "अवधि"}


def _identifier(name: str, en: str, hi: str, *types: str) -> dict[str, Any]:
    return {
        "name": name, "label": {"en": en, "hi": hi}, "kind": "IDENTIFIER", "identifier_types": list(types),
        "required": True,
    }  # fmt: skip


def _period(max_days: int) -> dict[str, Any]:
    return {"name": "period", "label": _PERIOD_LABEL, "kind": "PERIOD", "required": True, "max_days": max_days}


def _text(name: str, en: str, hi: str, *, kind: str = "TEXT", required: bool = True) -> dict[str, Any]:
    return {"name": name, "label": {"en": en, "hi": hi}, "kind": kind, "required": required}


_MSISDN = _identifier("msisdn", "Mobile number", "मोबाइल नंबर", "MSISDN")
_ACCOUNT = _identifier("account", "Account number", "खाता संख्या", "BANK_ACCOUNT")
_PROFILE = _identifier("account", "Account", "खाता", "HANDLE", "EMAIL", "MSISDN")

CDR, SUBSCRIBER, IPDR, TOWER, LOCATION, IMEI = (
    "CDR by MSISDN",
    "Subscriber details with KYC",
    "IPDR by public IP and port",
    "Tower dump",
    "Last known location",
    "CDR by IMEI",
)
KYC, STATEMENT, TRAIL, FREEZE, CCTV = (
    "Account opening form and KYC",
    "Account statement",
    "UPI transaction trail",
    "Lien or debit freeze",
    "ATM CCTV",
)
PROFILE, LOGINS, PRESERVE, CONTENT = (
    "Basic subscriber information",
    "Login IP log",
    "Preservation",
    "Account content",
)


def _item(name: str, category: str, request_type: str, hours: tuple[int, int | None, int | None], **more: Any) -> Any:
    normal, urgent, critical = hours
    return {
        "name": name,
        "category": category,
        "request_type": request_type,
        "sla_turnaround_hours": normal,
        "sla_turnaround_hours_urgent": urgent,
        "sla_turnaround_hours_critical": critical,
        "required_legal_mandate": "BNSS_94",
        "requires_mandate_file": True,
        "output_format": "CSV",
        **more,
    }


ITEMS: dict[str, tuple[dict[str, Any], ...]] = {
    TELECOM: (
        _item(
            CDR, "Call records", "CDR", (24, 4, 2), requires_court_order=True, is_featured=True,
            required_fields=[_MSISDN, _period(730)],
            description="Call detail records of one mobile number for a period of up to two years.",
            output_description="One line a call or message: parties, start, duration, cell, IMEI, IMSI.",
            notes_for_law_enforcement="Give the number with its country code. Records are kept for two years.",
        ),
        _item(
            SUBSCRIBER, "Subscriber", "SUBSCRIBER_INFO", (24, 2, 1), is_featured=True, output_format="PDF",
            required_fields=[_identifier("line", "Number", "नंबर", "MSISDN", "IMSI", "ICCID")],
            description="Subscriber data with the customer application form and the KYC documents.",
        ),
        _item(
            IPDR, "Internet records", "IPDR", (72, 8, 4),
            required_fields=[_identifier("address", "IP address with port and time", "आईपी पता, पोर्ट और समय", "IP")],
            description="Who used a public address at a moment. IPv4 needs the port, as many people share an address.",
        ),
        _item(
            TOWER, "Location", "TOWER_DUMP", (72, 12, 6),
            required_fields=[
                _identifier("cell", "Cell", "सेल", "CELL"),
                _period(1),
                _text("proportionality", "Why so many people's records are needed", "इतने रिकॉर्ड क्यों चाहिए"),
            ],
            description="All numbers seen by a cell within at most two hours of one day.",
        ),
        _item(
            LOCATION, "Location", "LOCATION", (4, 2, 1), required_legal_mandate="EMERGENCY",
            requires_mandate_file=False, required_fields=[_MSISDN],
            description="The last known location of a number when life or limb is in danger.",
        ),
        _item(
            IMEI, "Call records", "CDR", (24, 4, 2), requires_court_order=True,
            required_fields=[_identifier("imei", "IMEI", "आईएमईआई", "IMEI"), _period(730)],
            description="Which numbers were used in a device, with their call records.",
        ),
    ),
    BANK: (
        _item(
            KYC, "Account", "KYC", (72, 24, 8), output_format="PDF", sla_business_hours_only=True,
            required_fields=[_ACCOUNT],
            description="Account opening form, KYC documents and signatories.",
        ),
        _item(
            STATEMENT, "Account", "BANK_STATEMENT", (72, 24, 8), is_featured=True,
            required_fields=[_ACCOUNT, _period(1095)],
            description="Statement of an account with the certificate under the Bankers' Books Evidence Act.",
        ),
        _item(
            TRAIL, "Payments", "TRANSACTION_TRAIL", (48, 4, 2), is_featured=True,
            required_fields=[_identifier("payment", "Payment", "भुगतान", "UPI_VPA", "UPI_RRN", "UTR")],
            description="Where a payment came from and went to, with device and address.",
        ),
        _item(
            FREEZE, "Restraint", "RESTRAINT", (4, 1, 1), required_legal_mandate="BNSS_106", output_format="PDF",
            required_fields=[
                _ACCOUNT,
                _text("amount", "Amount in rupees", "राशि रुपये में", kind="NUMBER"),
                {
                    "name": "kind", "label": {"en": "Kind", "hi": "प्रकार"}, "kind": "CHOICE", "required": True,
                    "choices": ["LIEN", "DEBIT_FREEZE", "RELEASE"],
                },
            ],
            description="Put a lien on an amount, freeze debits, or release either.",
        ),
        _item(
            CCTV, "Camera", "CCTV", (168, 48, 24), output_format="MP4",
            required_fields=[
                _text("atm", "Number of the ATM", "एटीएम संख्या"),
                _text("when", "Day and time", "दिन और समय"),
            ],
            description="Pictures of an ATM's camera. They are kept for 90 days only: ask soon.",
        ),
    ),
    SOCIAL: (
        _item(
            PROFILE, "Account", "SUBSCRIBER_INFO", (72, 24, 6), sla_statutory=True, is_featured=True,
            required_fields=[_PROFILE], output_format="JSON",
            description="Name, e-mail, number, and address of registration of an account. 72 hours by rule 3(1)(j).",
        ),
        _item(
            LOGINS, "Traffic", "LOGIN_LOGS", (72, 24, 6), required_fields=[_PROFILE, _period(365)],
            description="Addresses and times of sign-ins.",
        ),
        _item(
            PRESERVE, "Preservation", "PRESERVATION", (24, 8, 4), required_legal_mandate=None,
            requires_mandate_file=False, required_fields=[_PROFILE], output_format="PDF",
            description="Keep what there is for 180 days while a mandate is prepared.",
        ),
        _item(
            CONTENT, "Content", "CONTENT", (720, 240, 72), required_legal_mandate="COURT_ORDER",
            requires_court_order=True, sla_business_hours_only=True, required_fields=[_PROFILE, _period(365)],
            output_format="ZIP", description="Messages, pictures and posts of an account, on the order of a court.",
        ),
    ),
}  # fmt: skip


def _profile(hours: str, state: str, nodal: tuple[str, str], commitment: str) -> dict[str, Any]:
    name, email = nodal
    return {
        "service_hours": hours,
        "time_zone": "Asia/Kolkata",
        "country": "IN",
        "state": state,
        "own_holidays": [],
        "holidays_affect_sla": True,
        "nodal_officer_name": name,
        "nodal_officer_email": email,
        "nodal_officer_phone": "+91 22 5550 0100",
        "emergency_contact": "+91 22 5550 0199, day and night",
        "iso_certified": True,
        "data_security_certified": True,
        "service_commitment": commitment,
    }


PROFILES: dict[str, dict[str, Any]] = {
    TELECOM: _profile(
        "24x7", "MH", ("Anil Mehta", "nodal@bharat-telecom.example"),
        "Call records within a day; what is urgent within four hours, at any hour.",
    ),
    BANK: _profile(
        "Mon-Fri 09:30-18:00; Sat 10:00-13:00", "MH", ("Priya Iyer", "nodal@rupee-bank.example"),
        "Freezes within four hours at any time; documents within our business hours.",
    ),
    SOCIAL: _profile(
        "Mon-Fri 10:00-19:00", "KA", ("Daniel Thomas", "nodal@chatter-social.example"),
        "Subscriber information within 72 hours. Preservation within a day, without a mandate.",
    ),
}  # fmt: skip

_TEMPLATE_TEXT = "Investigation of a complaint registered at this unit. Kindly furnish the data asked for below."
TEMPLATES: tuple[dict[str, Any], ...] = (
    {"name": "CDR of a suspect's number", "item": CDR, "content": {"priority": "NORMAL"}},
    {"name": "Subscriber of a number", "item": SUBSCRIBER, "content": {"priority": "NORMAL"}},
    {"name": "Urgent UPI trail in the golden hour", "item": TRAIL, "content": {"priority": "CRITICAL"}},
    {"name": "Debit freeze of a mule account", "item": FREEZE, "content": {"priority": "URGENT"}},
    {"name": "Who is behind a profile", "item": PROFILE, "content": {"priority": "NORMAL"}},
    {"name": "Preserve an account at once", "item": PRESERVE, "content": {"priority": "URGENT"}},
)
TEMPLATE_DESCRIPTION = _TEMPLATE_TEXT
