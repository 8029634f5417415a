"""Addresses and transactions of public ledgers; the letter case is part of the checksum and is kept."""

from __future__ import annotations

import hashlib
import re

from Crypto.Hash import keccak
from stdnum import bitcoin
from stdnum.exceptions import ValidationError

from lers_web.domains.requests.identifier_rules.base import (
    Context,
    Found,
    IdentifierProblem,
    wrong_checksum,
    wrong_form,
)

_PREFIX = re.compile(r"(?P<chain>btc|bitcoin|eth|ethereum|trx|tron):(?://)?(?P<address>.+)", re.IGNORECASE)
_CHAINS = {"btc": "BTC", "bitcoin": "BTC", "eth": "ETH", "ethereum": "ETH", "trx": "TRON", "tron": "TRON"}
_ETH = re.compile(r"0x[0-9a-fA-F]{40}")
_TRON = re.compile(r"T[1-9A-HJ-NP-Za-km-z]{33}")
_BECH32_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32M = 0x2BC830A3
_TAPROOT_LENGTH = 62
_TRON_VERSION = 0x41
_TRON_BYTES = 25


def crypto_address(value: str, _: Context) -> Found:
    """Accept Bitcoin, Ethereum and TRON addresses with their checksums; tell the chain from the form."""
    prefixed = _PREFIX.fullmatch(value)
    named = _CHAINS[prefixed["chain"].lower()] if prefixed else None
    address = prefixed["address"] if prefixed else value
    if _ETH.fullmatch(address):
        found = _ethereum(address)
    elif _TRON.fullmatch(address):
        found = _tron(address)
    elif address.startswith(("1", "3")) or address.lower().startswith("bc1"):
        found = _bitcoin(address)
    else:
        raise IdentifierProblem(
            "identifier_format",
            "This is not a Bitcoin, Ethereum or TRON address: check it, or use OTHER and name the chain in the note.",
        )
    if named not in {None, found.extra["chain"]}:
        raise IdentifierProblem(
            "identifier_format", f"The address is not one of the chain {named} that stands before it."
        )
    return found


def _bitcoin(address: str) -> Found:
    if address.lower().startswith("bc1"):
        if address not in {address.lower(), address.upper()}:
            raise wrong_checksum("Bitcoin address (its letters are all small or all capital)")
        lowered = address.lower()
        if lowered.startswith("bc1p"):
            if not _taproot_checks(lowered):
                raise wrong_checksum("Bitcoin address")
            return Found(lowered, f"BTC:{lowered}", {"chain": "BTC"})
    try:
        normalised = bitcoin.validate(address)
    except ValidationError as error:
        raise wrong_checksum("Bitcoin address") from error
    return Found(normalised, f"BTC:{normalised}", {"chain": "BTC"})


def _taproot_checks(address: str) -> bool:
    """Check bech32m (BIP 350), which the library's Bitcoin module does not know yet."""
    if len(address) != _TAPROOT_LENGTH or set(address[3:]) - set(_BECH32_ALPHABET):
        return False
    expanded = [ord("b") >> 5, ord("c") >> 5, 0, ord("b") & 31, ord("c") & 31]
    values = [_BECH32_ALPHABET.index(character) for character in address[3:]]
    return bitcoin.bech32_checksum(expanded + values) == _BECH32M


def _ethereum(address: str) -> Found:
    digits = address[2:]
    if digits not in {digits.lower(), digits.upper()} and digits != _eip55(digits.lower()):
        raise wrong_checksum("Ethereum address (capital and small letters are part of it)")
    return Found(address, f"ETH:{address.lower()}", {"chain": "ETH"})


def _eip55(digits: str) -> str:
    digest = keccak.new(digest_bits=256, data=digits.encode("ascii")).hexdigest()
    return "".join(
        character.upper() if int(nibble, 16) >= 8 else character  # noqa: PLR2004 - EIP-55: the high bit of the nibble
        for character, nibble in zip(digits, digest, strict=False)
    )


def _tron(address: str) -> Found:
    raw = bitcoin.b58decode(address)
    digest = hashlib.sha256(hashlib.sha256(raw[:-4]).digest()).digest()
    if len(raw) != _TRON_BYTES or raw[0] != _TRON_VERSION or digest[:4] != raw[-4:]:
        raise wrong_checksum("TRON address")
    return Found(address, f"TRON:{address}", {"chain": "TRON"})


def crypto_tx(value: str, _: Context) -> Found:
    """Accept a transaction hash of 64 hexadecimal digits, with or without 0x."""
    match = re.fullmatch(r"(?:0[xX])?([0-9a-fA-F]{64})", value)
    if match is None:
        raise wrong_form("a transaction hash, which has 64 hexadecimal digits", "0x followed by 64 of 0-9 and a-f")
    return Found(value, match[1].lower(), {})
