"""Addresses of the internet: IP with port and time, MAC, e-mail, URL and account handles."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import email_validator
from stdnum import mac as stdnum_mac
from stdnum.exceptions import ValidationError

from lers_web.domains.requests.identifier_rules.base import (
    Context,
    Found,
    IdentifierProblem,
    ascii_digits,
    wrong_form,
)

MAX_PORT = 65535
_BRACKETED = re.compile(r"\[([^\]]+)\](?::(\d{1,5}))?")
_V4_PORT = re.compile(r"([\d.]+):(\d{1,5})")
_CGNAT = ipaddress.ip_network("100.64.0.0/10")
_PRIVATE = [ipaddress.ip_network(net) for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")]
_VPA_SHAPE = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z][A-Za-z0-9]*")
_HANDLE = re.compile(r"(?:(?P<platform>[A-Za-z][A-Za-z0-9._-]{1,39}):\s*)?@?(?P<user>[^\s:/\\<>\"'`]{1,100})")
_DEFAULT_HTTPS = 443


def ip(value: str, _: Context) -> Found:
    """Accept one public address, with its port behind it where it is written so (``203.0.113.7:50123``)."""
    text = ascii_digits(value)
    port: str | None = None
    bracketed, v4 = _BRACKETED.fullmatch(text), _V4_PORT.fullmatch(text)
    if bracketed:
        text, port = bracketed.groups()
    elif v4:
        text, port = v4.groups()
    if "/" in text:
        raise IdentifierProblem("ip_range", "Give one address, not a network: a whole range is too broad to ask for.")
    if "%" in text:
        raise wrong_form("an IP address", "203.0.113.7 or 2001:db8::7")
    try:
        address: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(text)
    except ValueError as error:
        raise wrong_form("an IP address", "203.0.113.7 or 2001:db8::7") from error
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    _refuse_unroutable(address)
    extra: dict[str, Any] = {"version": address.version}
    if port is not None:
        extra["port"] = int(port)
    return Found(address.compressed, address.compressed, extra)


def _refuse_unroutable(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if address in _CGNAT:
        raise IdentifierProblem(
            "ip_private",
            "This address (100.64.0.0/10) is inside the carrier, shared by many: give the public address and port.",
        )
    if any(address in net for net in _PRIVATE if net.version == address.version):
        raise IdentifierProblem(
            "ip_private",
            "This is a private address that exists in countless networks: give the public address and port.",
        )
    special = (address.is_loopback, address.is_link_local, address.is_multicast, address.is_unspecified)
    first_octet_zero = address.version == 4 and int(address) >> 24 == 0  # noqa: PLR2004
    if any(special) or first_octet_zero or (address.version == 4 and address.is_reserved):  # noqa: PLR2004
        raise IdentifierProblem(
            "ip_special", "This address belongs to nobody on the internet (local, multicast or reserved): check it."
        )


def mac(value: str, _: Context) -> Found:
    """Accept six pairs of hexadecimal digits in any usual notation."""
    text = ascii_digits(value).strip()
    bare = re.sub(r"[:\-. ]", "", text)
    if re.fullmatch(r"[0-9A-Fa-f]{12}", bare):
        text = ":".join(bare[index : index + 2] for index in range(0, 12, 2))
    try:
        normalised = stdnum_mac.validate(text, validate_manufacturer=False)
    except ValidationError as error:
        raise wrong_form("a MAC address, which has six pairs of hexadecimal digits", "00:1A:2B:3C:4D:5E") from error
    if normalised in {"ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00"}:
        raise IdentifierProblem(
            "identifier_placeholder", "This MAC address stands for all or no devices: give the device's own."
        )
    return Found(normalised.upper(), normalised, {"randomised": bool(int(normalised[:2], 16) & 2)})


def email(value: str, _: Context) -> Found:
    """Accept an address by its form; a UPI address, which has no dot after the @, is not one."""
    if _VPA_SHAPE.fullmatch(value):
        raise IdentifierProblem(
            "identifier_format",
            "The part after the @ has no dot, so this is not an e-mail address: choose UPI_VPA if it is a UPI address.",
        )
    try:
        found = email_validator.validate_email(
            value, check_deliverability=False, globally_deliverable=False, test_environment=True
        )
    except email_validator.EmailNotValidError as error:
        raise wrong_form("an e-mail address", "name@example.com") from error
    if "." not in found.domain:
        raise wrong_form("an e-mail address", "name@example.com")
    return Found(found.normalized, unicodedata.normalize("NFKC", found.normalized).lower(), {})


def url(value: str, _: Context) -> Found:
    """Accept an https address with a host name and no log-in inside."""
    problem = wrong_form("a web address", "https://example.com/page")
    if any(character.isspace() or character in '<>"`{}|\\^' for character in value):
        raise problem
    try:
        parts = urlsplit(value)
        port = parts.port
        host = parts.hostname
    except ValueError as error:
        raise problem from error
    if parts.scheme.lower() != "https":
        raise IdentifierProblem(
            "url_not_https", "The address must begin with https://: copy it whole from the browser."
        )
    if not host or ("." not in host and ":" not in host):
        raise problem
    if parts.username is not None or parts.password is not None:
        raise IdentifierProblem(
            "url_with_login", "The address holds a name or password before the @: leave that part out."
        )
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise problem from error
    shown_host = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    netloc = shown_host if port in {None, _DEFAULT_HTTPS} else f"{shown_host}:{port}"
    normalised = urlunsplit(("https", netloc, parts.path or "/", parts.query, parts.fragment))
    return Found(value, normalised, {"host": ascii_host})


def handle(value: str, _: Context) -> Found:
    """Accept ``platform:user`` or a bare user name or number, which then means the provider's own platform."""
    if value.lower().startswith(("http://", "https://")):
        raise IdentifierProblem("identifier_format", "This is a web address: choose URL, or give the bare user name.")
    match = _HANDLE.fullmatch(value)
    if match is None:
        raise wrong_form("an account name", "instagram:user_name, @user_name or the numeric id")
    platform, user = (match["platform"] or "").lower(), match["user"]
    if not platform and "@" in user:
        raise IdentifierProblem(
            "identifier_format",
            "This looks like an e-mail or UPI address: choose EMAIL or UPI_VPA, or name the platform.",
        )
    plain = unicodedata.normalize("NFKC", user).casefold()
    shown = f"{platform}:{user}" if platform else user
    return Found(shown, f"{platform}:{plain}", {"platform": platform or None, "user": user, "numeric": user.isdigit()})
