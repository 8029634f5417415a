"""Identifiers as officers type them: checked, made comparable for the blind index, and masked for every screen.

Nothing here logs, and no message repeats a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from lers_web.domains.requests.identifier_rules import chain, money, network, persons, telecom
from lers_web.domains.requests.identifier_rules.base import (
    BULLETS,
    Context,
    Found,
    IdentifierProblem,
    IdentifierType,
    Rule,
    clean_text,
    compact,
    tail,
)
from lers_web.domains.requests.identifier_rules.free import free_text
from lers_web.domains.requests.identifier_rules.persons import find_aadhaar

__all__ = [
    "Checked",
    "IdentifierProblem",
    "IdentifierType",
    "check",
    "check_all",
    "find_aadhaar",
    "mask",
]

FIELDS = frozenset({"type", "value", "from", "to", "port", "note"})
MAX_NOTE = 1000
_DATE_LENGTH = len("2026-10-01")
_SECONDS_LENGTH = len("2026-10-01T10:00:00")

_RULES: dict[IdentifierType, tuple[Rule, int]] = {
    IdentifierType.MSISDN: (telecom.msisdn, 40),
    IdentifierType.IMEI: (telecom.imei, 40),
    IdentifierType.IMSI: (telecom.imsi, 40),
    IdentifierType.ICCID: (telecom.iccid, 40),
    IdentifierType.IP: (network.ip, 64),
    IdentifierType.MAC: (network.mac, 40),
    IdentifierType.EMAIL: (network.email, 254),
    IdentifierType.URL: (network.url, 2048),
    IdentifierType.HANDLE: (network.handle, 150),
    IdentifierType.PAN: (persons.pan, 40),
    IdentifierType.AADHAAR: (persons.aadhaar, 40),
    IdentifierType.GSTIN: (persons.gstin, 40),
    IdentifierType.BANK_ACCOUNT: (money.bank_account, 64),
    IdentifierType.UPI_VPA: (money.upi_vpa, 320),
    IdentifierType.UPI_RRN: (money.upi_rrn, 40),
    IdentifierType.UTR: (money.utr, 40),
    IdentifierType.CARD: (money.card, 40),
    IdentifierType.VEHICLE: (persons.vehicle, 40),
    IdentifierType.PASSPORT: (persons.passport, 40),
    IdentifierType.EPIC: (persons.epic, 40),
    IdentifierType.CRYPTO_ADDRESS: (chain.crypto_address, 128),
    IdentifierType.CRYPTO_TX: (chain.crypto_tx, 80),
    IdentifierType.CELL: (telecom.cell, 40),
    IdentifierType.IBAN: (money.iban, 64),
    IdentifierType.DEVICE_ID: (free_text(128), 128),
    IdentifierType.ORDER_ID: (free_text(128), 128),
    IdentifierType.OTHER: (free_text(255, guard=True), 255),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """An identifier that may be stored.

    ``value`` is what is encrypted and shown in clear, ``masked`` what every list shows. ``normalised`` goes into
    the blind index's HMAC and nowhere else: for AADHAAR it is the number that must not be kept.
    """

    type: IdentifierType
    value: str = field(repr=False)
    normalised: str = field(repr=False)
    masked: str
    extra: dict[str, Any] = field(default_factory=dict, repr=False)


def check(
    type_: IdentifierType | str,
    value: object,
    *,
    from_: datetime | date | str | None = None,
    to: datetime | date | str | None = None,
    port: int | str | None = None,
    note: str | None = None,
    mandate_type: str | None = None,
) -> Checked:
    """Check one identifier, or raise the first IdentifierProblem that it has."""
    checked, problems = _examine(type_, value, from_=from_, to=to, port=port, note=note, mandate_type=mandate_type)
    if problems or checked is None:
        raise problems[0]
    return checked


def check_all(
    items: Iterable[object], *, mandate_type: str | None = None
) -> tuple[list[Checked], list[dict[str, Any]]]:
    """Check the ``identifiers`` of a request and return every problem at once.

    The first list holds the good ones in order; each problem is {index, field, code, message}.
    """
    good: list[Checked] = []
    problems: list[dict[str, Any]] = []
    seen: dict[tuple[object, ...], int] = {}
    for index, item in enumerate(items):
        checked, found = _examine_item(item, mandate_type)
        if checked is not None:
            key = (checked.type, checked.normalised, *(checked.extra.get(part) for part in ("from", "to", "port")))
            if key in seen:
                found.append(
                    IdentifierProblem(
                        "duplicate", f"This identifier is the same as number {seen[key] + 1}: remove one."
                    )
                )
            seen.setdefault(key, index)
        problems += [
            {"index": index, "field": problem.field, "code": problem.code, "message": problem.message}
            for problem in found
        ]
        if checked is not None and not found:
            good.append(checked)
    return good, problems


def mask(type_: IdentifierType | str, value: str) -> str:
    """Show no more than tells two identifiers of a request apart: the last 2 to 4, and never the whole."""
    kind = IdentifierType(type_)
    text = value.strip()
    if kind is IdentifierType.AADHAAR:
        digits = compact(text, " -X")
        return f"XXXX XXXX {digits[-4:]}" if len(digits) >= 4 else "XXXX XXXX XXXX"  # noqa: PLR2004
    if kind in {IdentifierType.EMAIL, IdentifierType.UPI_VPA} and "@" in text:
        local, _, domain = text.rpartition("@")
        place = domain if kind is IdentifierType.UPI_VPA else f"{BULLETS}.{domain.rpartition('.')[2]}"
        return f"{tail(local, 2)}@{place}"
    if kind is IdentifierType.HANDLE and ":" in text:
        platform, _, user = text.partition(":")
        return f"{platform}:{tail(user, 3)}"
    if kind is IdentifierType.BANK_ACCOUNT:
        return tail(text.rpartition(":")[2])
    return tail("".join(text.split()))


def _examine_item(item: object, mandate_type: str | None) -> tuple[Checked | None, list[IdentifierProblem]]:
    if not isinstance(item, Mapping):
        problem = IdentifierProblem(
            "identifier_not_object", "Each identifier is an object with type and value.", field="type"
        )
        return None, [problem]
    unknown = [
        IdentifierProblem(
            "unknown_field",
            f"An identifier has no field of this name; it has {', '.join(sorted(FIELDS))}.",
            field=str(name)[:40],
        )
        for name in item
        if name not in FIELDS
    ]
    checked, problems = _examine(
        item.get("type"),
        item.get("value"),
        from_=item.get("from"),
        to=item.get("to"),
        port=item.get("port"),
        note=item.get("note"),
        mandate_type=mandate_type,
    )
    return checked, unknown + problems


def _examine(
    type_: object,
    value: object,
    *,
    from_: object,
    to: object,
    port: object,
    note: object,
    mandate_type: str | None,
) -> tuple[Checked | None, list[IdentifierProblem]]:
    """Check a value and what stands beside it; go on after a problem, so that all of them are told at once."""
    try:
        kind = IdentifierType(str(type_))
    except ValueError:
        known = ", ".join(IdentifierType)
        return None, [IdentifierProblem("identifier_type", f"Choose one of the known types: {known}.", field="type")]
    problems: list[IdentifierProblem] = []
    found: Found | None = None
    rule, limit = _RULES[kind]
    clean_note = _collect(problems, _note, note)
    try:
        found = rule(clean_text(value, max_length=limit), Context(mandate_type, clean_note))
    except IdentifierProblem as problem:
        problems.append(problem)
    except UnicodeError:
        problems.append(
            IdentifierProblem("identifier_broken_text", "The value holds broken characters: type it again.")
        )
    exact = kind is IdentifierType.IP
    start = _collect(problems, partial(_moment, to_the_second=exact), from_, "from")
    end = _collect(problems, partial(_moment, to_the_second=exact), to, "to")
    number = _collect(problems, _port, port)
    if _reversed(start, end):
        problems.append(IdentifierProblem("period_reversed", "The end lies before the start: swap them.", field="to"))
    if found is not None and kind is IdentifierType.IP:
        number = _ip_context(problems, found, number, {"from": from_, "to": to, "port": port})
    if problems or found is None:
        return None, problems
    beside = {"from": start and _iso(start), "to": end and _iso(end), "port": number}
    extra = {**found.extra, **{name: each for name, each in beside.items() if each is not None}}
    return Checked(kind, found.value, found.normalised, mask(kind, found.value), extra), []


def _collect(problems: list[IdentifierProblem], read: Any, *arguments: object) -> Any:
    try:
        return read(*arguments)
    except IdentifierProblem as problem:
        problems.append(problem)
        return None


def _ip_context(
    problems: list[IdentifierProblem], found: Found, port: int | None, given: Mapping[str, object]
) -> int | None:
    """Require of IPv4 what tells one subscriber from the thousands behind it (RFC 6302): port, start and end."""
    written = found.extra.get("port")
    if written is not None and not 0 < written <= network.MAX_PORT:
        problems.append(IdentifierProblem("port_invalid", "A port lies between 1 and 65535.", field="port"))
    elif written is not None and port not in {None, written}:
        problems.append(
            IdentifierProblem(
                "port_conflict", "The port behind the address is not the one in the field: keep one.", field="port"
            )
        )
    port = port if port is not None else written
    if found.extra["version"] != 4:  # noqa: PLR2004 - an IPv6 address is one subscriber's own
        return port
    if port is None and given["port"] is None:
        problems.append(
            IdentifierProblem(
                "ip_port_missing",
                "Many subscribers share one IPv4 address: give the source port, without which nobody can be told.",
                field="port",
            )
        )
    problems.extend(
        IdentifierProblem(
            f"ip_{name}_missing",
            f"Give the {word} of the connection to the second with its time zone, like 2026-10-01T14:05:09+05:30.",
            field=name,
        )
        for name, word in (("from", "start"), ("to", "end"))
        if given[name] is None
    )
    return port


def _note(note: object) -> str | None:
    if note is None or note == "":
        return None
    try:
        text = clean_text(
            note.replace("\n", " ").replace("\r", " ") if isinstance(note, str) else note, max_length=MAX_NOTE
        )
    except IdentifierProblem as problem:
        if problem.code == "identifier_empty":
            return None
        raise IdentifierProblem(problem.code, problem.message.replace("value", "note"), field="note") from problem
    return text


def _moment(given: object, name: str, *, to_the_second: bool) -> datetime | date | None:
    """Read a time, or a whole day where the second does not matter."""
    if given is None or isinstance(given, datetime):
        moment = given
    elif isinstance(given, str):
        if to_the_second and (len(given) < _SECONDS_LENGTH or given[16:17] != ":"):
            raise IdentifierProblem(
                "time_not_to_the_second",
                "Give the time to the second with its time zone, like 2026-10-01T14:05:09+05:30.",
                field=name,
            )
        try:
            if len(given) == _DATE_LENGTH:
                return date.fromisoformat(given)
            moment = datetime.fromisoformat(given)
        except ValueError as error:
            raise _no_time(name) from error
    elif isinstance(given, date) and not to_the_second:
        return given
    else:
        raise _no_time(name)
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise IdentifierProblem(
            "time_zone_missing", "The time lacks its zone: add Z or an offset such as +05:30.", field=name
        )
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise _no_time(name) from error


def _no_time(name: str) -> IdentifierProblem:
    return IdentifierProblem("time_format", "This is not a time: write it like 2026-10-01T14:05:09+05:30.", field=name)


def _reversed(start: datetime | date | None, end: datetime | date | None) -> bool:
    if start is None or end is None:
        return False
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end < start
    return _day(end) < _day(start)


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _port(given: object) -> int | None:
    if given is None or given == "":
        return None
    text = str(given).strip()
    if isinstance(given, bool) or not isinstance(given, int | str) or not (text.isascii() and text.isdigit()):
        raise IdentifierProblem("port_invalid", "A port is a whole number between 1 and 65535.", field="port")
    if len(text) > 5 or not 0 < int(text) <= network.MAX_PORT:  # noqa: PLR2004 - the digits of 65535
        raise IdentifierProblem("port_invalid", "A port lies between 1 and 65535.", field="port")
    return int(text)


def _iso(moment: datetime | date) -> str:
    return moment.isoformat().replace("+00:00", "Z")
