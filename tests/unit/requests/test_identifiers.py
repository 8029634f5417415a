"""Identifiers: what is accepted, what is refused with which sentence, and how little a mask shows."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lers_web.domains.requests.identifiers import (
    Checked,
    IdentifierProblem,
    IdentifierType,
    check,
    check_all,
    find_aadhaar,
    mask,
)

AADHAAR = "999900001119"
VID = "9999000011112221"
PERIOD = {"from_": "2026-10-01T14:05:09+05:30", "to": "2026-10-01T14:06:10+05:30"}
BTC_TAPROOT = "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"  # a test vector of BIP 341
ETH = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # a test vector of EIP-55
TRON = "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb"  # the zero address of the chain


def examine(kind: str, value: object, **beside: Any) -> Checked:
    if kind == "IP":
        beside = {"port": 50123, **PERIOD, **beside}
    if kind == "AADHAAR":
        beside = {"mandate_type": "COURT_ORDER", **beside}
    return check(kind, value, **beside)


ACCEPTED = [
    ("MSISDN", "9876543210", "+919876543210", "+919876543210"),
    ("MSISDN", "+91 98765-43210", "+919876543210", "+919876543210"),
    ("MSISDN", "09876543210", "+919876543210", "+919876543210"),
    ("MSISDN", "0091 98765 43210", "+919876543210", "+919876543210"),
    ("MSISDN", "919876543210", "+919876543210", "+919876543210"),
    ("MSISDN", "\u202a+91 98765 43210\u202c", "+919876543210", "+919876543210"),
    ("MSISDN", "९८७६५४३२१०", "+919876543210", "+919876543210"),
    ("MSISDN", "6000000001", "+916000000001", "+916000000001"),
    ("MSISDN", "+912223456789", "+912223456789", "+912223456789"),
    ("MSISDN", "+14155550123", "+14155550123", "+14155550123"),
    ("MSISDN", "ad-exampl-s", "AD-EXAMPL-S", "AD-EXAMPL-S"),
    ("IMEI", "49-015420-323751-8", "490154203237518", "49015420323751"),
    ("IMEI", "49015420323751", "49015420323751", "49015420323751"),
    ("IMEI", "4901542032375101", "4901542032375101", "49015420323751"),
    ("IMSI", "404451234567890", "404451234567890", "404451234567890"),
    ("ICCID", "8991 0009 0000 0000 003F", "8991000900000000003", "8991000900000000003"),
    ("IP", "203.0.113.7", "203.0.113.7", "203.0.113.7"),
    ("IP", "::ffff:203.0.113.7", "203.0.113.7", "203.0.113.7"),
    ("IP", "2001:0DB8:0::7", "2001:db8::7", "2001:db8::7"),
    ("MAC", "00-1A-2B-3C-4D-5E", "00:1A:2B:3C:4D:5E", "00:1a:2b:3c:4d:5e"),
    ("MAC", "001a2b3c4d5e", "00:1A:2B:3C:4D:5E", "00:1a:2b:3c:4d:5e"),
    ("MAC", "001a.2b3c.4d5e", "00:1A:2B:3C:4D:5E", "00:1a:2b:3c:4d:5e"),
    ("EMAIL", "Some.One@Example.COM", "Some.One@example.com", "some.one@example.com"),
    ("EMAIL", "suspect@shop.example", "suspect@shop.example", "suspect@shop.example"),
    ("URL", "https://Example.com:443/A?b=C#d", "https://Example.com:443/A?b=C#d", "https://example.com/A?b=C#d"),
    ("URL", "https://example.com", "https://example.com", "https://example.com/"),
    ("URL", "https://उदाहरण.example/", "https://उदाहरण.example/", "https://xn--p1b6ci4b4b3a.example/"),
    ("HANDLE", "Chatter:@Some_One", "chatter:Some_One", "chatter:some_one"),
    ("HANDLE", "@some.one", "some.one", ":some.one"),
    ("HANDLE", "chatter:100012345678901", "chatter:100012345678901", "chatter:100012345678901"),
    ("PAN", "abcpe 1234 f", "ABCPE1234F", "ABCPE1234F"),
    ("AADHAAR", "9999 0000 1119", "XXXX XXXX 1119", AADHAAR),
    ("AADHAAR", VID, "XXXX XXXX XXXX 2221", VID),
    ("GSTIN", "27abcpe1234f1zb", "27ABCPE1234F1ZB", "27ABCPE1234F1ZB"),
    ("GSTIN", "38ABCPE1234F1Z8", "38ABCPE1234F1Z8", "38ABCPE1234F1Z8"),
    ("BANK_ACCOUNT", "00123456789", "00123456789", "00123456789"),
    ("BANK_ACCOUNT", "abcd0123456:00123456789", "ABCD0123456:00123456789", "00123456789"),
    ("BANK_ACCOUNT", "00123456789@ABCD0123456", "ABCD0123456:00123456789", "00123456789"),
    ("BANK_ACCOUNT", "00123456789@ABCD0123456.ifsc.npci", "ABCD0123456:00123456789", "00123456789"),
    ("UPI_VPA", "Some.One-1@okbank", "Some.One-1@okbank", "some.one-1@okbank"),
    ("UPI_RRN", "4123 4567 8901", "412345678901", "412345678901"),
    ("UTR", "abcdn24123456789", "ABCDN24123456789", "ABCDN24123456789"),
    ("UTR", "ABCDR52026100112345678", "ABCDR52026100112345678", "ABCDR52026100112345678"),
    ("CARD", "411111******1111", "411111******1111", "4111111111"),
    ("CARD", "4111 11XX XXXX 1111", "411111******1111", "4111111111"),
    ("CARD", "41111111 1111", "41111111******1111", "4111111111"),
    ("VEHICLE", "MH 12 AB 1234", "MH12AB1234", "MH12AB1234"),
    ("VEHICLE", "mh-1-a-1", "MH1A1", "MH01A0001"),
    ("VEHICLE", "22 BH 1234 AA", "22BH1234AA", "22BH1234AA"),
    ("VEHICLE", "MA3EUA61S00123456", "MA3EUA61S00123456", "MA3EUA61S00123456"),
    ("PASSPORT", "a1234567", "A1234567", "A1234567"),
    ("EPIC", "abc1234567", "ABC1234567", "ABC1234567"),
    (
        "CRYPTO_ADDRESS",
        "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD",
        "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD",
        "BTC:1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD",
    ),
    (
        "CRYPTO_ADDRESS",
        "BC1QARDV855YJNGSPVXUTTQ897AQCA3LXJU2Y69JCE",
        "bc1qardv855yjngspvxuttq897aqca3lxju2y69jce",
        "BTC:bc1qardv855yjngspvxuttq897aqca3lxju2y69jce",
    ),
    ("CRYPTO_ADDRESS", BTC_TAPROOT, BTC_TAPROOT, f"BTC:{BTC_TAPROOT}"),
    ("CRYPTO_ADDRESS", ETH, ETH, f"ETH:{ETH.lower()}"),
    ("CRYPTO_ADDRESS", f"ethereum:{ETH}", ETH, f"ETH:{ETH.lower()}"),
    ("CRYPTO_ADDRESS", ETH.lower(), ETH.lower(), f"ETH:{ETH.lower()}"),
    ("CRYPTO_ADDRESS", TRON, TRON, f"TRON:{TRON}"),
    ("CRYPTO_TX", "0x" + "Ab" * 32, "0x" + "Ab" * 32, "ab" * 32),
    ("CELL", "404-98-8331-230711555", "404-98-8331-230711555", "404988331230711555"),
    ("CELL", "404988331230711555", "404988331230711555", "404988331230711555"),
    ("CELL", "404-19-412-17611", "404-19-412-17611", "4041941217611"),
    ("CELL", "405856abcdef1", "405856ABCDEF1", "405856ABCDEF1"),
    ("IBAN", "de89370400440532013000", "DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
    ("DEVICE_ID", "38400000-8CF0-11BD-B23E", "38400000-8CF0-11BD-B23E", "38400000-8cf0-11bd-b23e"),
    ("ORDER_ID", "OD 1234  5678", "OD 1234 5678", "od 1234 5678"),
    ("OTHER", "FIR 12/2026", "FIR 12/2026", "fir 12/2026"),
    ("OTHER", "प्राथमिकी १२", "प्राथमिकी १२", "प्राथमिकी १२"),
]


@pytest.mark.parametrize(("kind", "value", "shown", "normalised"), ACCEPTED)
def test_accepted(kind: str, value: str, shown: str, normalised: str) -> None:
    checked = examine(kind, value)
    assert (checked.value, checked.normalised) == (shown, normalised)
    assert checked.type is IdentifierType(kind)
    assert checked.masked == mask(kind, checked.value)


@pytest.mark.parametrize(("kind", "value", "shown", "normalised"), [case for case in ACCEPTED if case[0] != "AADHAAR"])
def test_what_is_shown_can_be_entered_again(kind: str, value: str, shown: str, normalised: str) -> None:
    del value
    assert examine(kind, shown).normalised == normalised


def test_every_type_is_covered() -> None:
    assert {case[0] for case in ACCEPTED} == {str(kind) for kind in IdentifierType}
    assert {case[0] for case in REFUSED} == {str(kind) for kind in IdentifierType}


FORM, CHECKSUM = "identifier_format", "identifier_checksum"
REFUSED = [
    ("MSISDN", "98765", FORM),
    ("MSISDN", "1234567890", FORM),
    ("MSISDN", "5555555555", FORM),
    ("MSISDN", "+9198765432101", FORM),
    ("MSISDN", "9876CALLME", FORM),
    ("MSISDN", "+999123456789", FORM),
    ("MSISDN", "9876543210;9876543211", FORM),
    ("MSISDN", "+1415555012345678", FORM),
    ("IMEI", "490154203237519", CHECKSUM),
    ("IMEI", "490154203237510", CHECKSUM),
    ("IMEI", "4901542032375", FORM),
    ("IMEI", "000000000000000", "identifier_placeholder"),
    ("IMSI", "40445", FORM),
    ("IMSI", "4044512345678901", FORM),
    ("IMSI", "000451234567890", FORM),
    ("ICCID", "7991000900000000003", FORM),
    ("ICCID", "89910009000000000", FORM),
    ("IP", "203.0.113", FORM),
    ("IP", "203.0.113.0/24", "ip_range"),
    ("IP", "10.1.2.3", "ip_private"),
    ("IP", "172.31.0.1", "ip_private"),
    ("IP", "192.168.1.1", "ip_private"),
    ("IP", "100.64.0.1", "ip_private"),
    ("IP", "::ffff:10.0.0.1", "ip_private"),
    ("IP", "fd00::1", "ip_private"),
    ("IP", "127.0.0.1", "ip_special"),
    ("IP", "0.0.0.0", "ip_special"),  # noqa: S104 - refused, not bound
    ("IP", "255.255.255.255", "ip_special"),
    ("IP", "fe80::1%eth0", FORM),
    ("IP", "::1", "ip_special"),
    ("MAC", "00:1A:2B:3C:4D", FORM),
    ("MAC", "ff:ff:ff:ff:ff:ff", "identifier_placeholder"),
    ("EMAIL", "some.one@okbank", FORM),
    ("EMAIL", "some one@example.com", FORM),
    ("EMAIL", "example.com", FORM),
    ("EMAIL", "a@[203.0.113.7]", FORM),
    ("URL", "http://example.com/", "url_not_https"),
    ("URL", "example.com/page", "url_not_https"),
    ("URL", "javascript:alert(1)", "url_not_https"),
    ("URL", "https://user:pass@example.com/", "url_with_login"),
    ("URL", "https://localhost/", FORM),
    ("URL", "https://example.com:99999/", FORM),
    ("URL", "https://exa mple.com/", FORM),
    ("URL", "https://[::1/", FORM),
    ("HANDLE", "https://example.com/some.one", FORM),
    ("HANDLE", "some one", FORM),
    ("HANDLE", "some.one@example.com", FORM),
    ("PAN", "ABCXE1234F", FORM),
    ("PAN", "ABCKE1234F", FORM),
    ("PAN", "ABCPE12345", FORM),
    ("AADHAAR", "999900001118", CHECKSUM),
    ("AADHAAR", "123456789012", FORM),
    ("AADHAAR", "99990000111", FORM),
    ("GSTIN", "27ABCPE1234F1ZC", CHECKSUM),
    ("GSTIN", "00ABCPE1234F1ZR", FORM),
    ("GSTIN", "27ABCPE1234F1Z", FORM),
    ("BANK_ACCOUNT", "12345678", FORM),
    ("BANK_ACCOUNT", "1234567890123456789", FORM),
    ("BANK_ACCOUNT", "ABCD1123456:00123456789", FORM),
    ("UPI_VPA", "some.one@example.com", FORM),
    ("UPI_VPA", "@okbank", FORM),
    ("UPI_RRN", "41234567890", FORM),
    ("UTR", "412345678901", FORM),
    ("UTR", "ABCDN2412345678", FORM),
    ("CARD", "4111111111111111", "card_full_number"),
    ("CARD", "4111-1111-1111-1111", "card_full_number"),
    ("CARD", "4111111111111112", "card_full_number"),
    ("CARD", "٤١١١١١١١١١١١١١١١", "card_full_number"),
    ("CARD", "41111****1111", FORM),
    ("CARD", "1111", FORM),
    ("VEHICLE", "12345", FORM),
    ("VEHICLE", "MA3EUA61S0012345O", FORM),
    ("PASSPORT", "AB123456", FORM),
    ("EPIC", "AB1234567", FORM),
    ("CRYPTO_ADDRESS", "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfX", CHECKSUM),
    ("CRYPTO_ADDRESS", "bc1Qardv855yjngspvxuttq897aqca3lxju2y69jce", CHECKSUM),
    ("CRYPTO_ADDRESS", BTC_TAPROOT[:-1] + "q", CHECKSUM),
    ("CRYPTO_ADDRESS", ETH.replace("5aA", "5aa"), CHECKSUM),
    ("CRYPTO_ADDRESS", TRON[:-1] + "c", CHECKSUM),
    ("CRYPTO_ADDRESS", f"btc:{ETH}", FORM),
    ("CRYPTO_ADDRESS", "hello", FORM),
    ("CRYPTO_TX", "ab" * 31, FORM),
    ("CELL", "404-98-8331", FORM),
    ("CELL", "404-98-99999999-1", "identifier_range"),
    ("CELL", "299-98-8331-1", FORM),
    ("IBAN", "DE88370400440532013000", CHECKSUM),
    ("IBAN", "hello", FORM),
    ("DEVICE_ID", "x", FORM),
    ("ORDER_ID", "--", FORM),
    ("OTHER", "4111 1111 1111 1111", "card_full_number"),
    ("OTHER", f"card of {AADHAAR}", "aadhaar_in_text"),
]


@pytest.mark.parametrize(("kind", "value", "code"), REFUSED)
def test_refused(kind: str, value: str, code: str) -> None:
    with pytest.raises(IdentifierProblem) as refused:
        examine(kind, value)
    assert (refused.value.code, refused.value.field) == (code, "value")
    assert refused.value.message.endswith(".")
    assert value not in refused.value.message.partition(" like ")[0], "a message may be logged, the value may not"


@pytest.mark.parametrize("kind", list(IdentifierType))
@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "identifier_empty"),
        (" \u200b ", "identifier_empty"),
        (None, "identifier_not_text"),
        (9876543210, "identifier_not_text"),
        (True, "identifier_not_text"),
        (["a"], "identifier_not_text"),
        ("98765\x0043210", "identifier_control_character"),
        ("98765\n43210", "identifier_control_character"),
        ("98765\x1b[2J", "identifier_control_character"),
        ("98765\u202e43210", "identifier_control_character"),
        ("98765\ud800", "identifier_broken_text"),
        ("9" * 5000, "identifier_too_long"),
        ("9" * 2049, "identifier_too_long"),
    ],
)
def test_no_type_takes_what_no_identifier_may_hold(kind: IdentifierType, value: object, code: str) -> None:
    with pytest.raises(IdentifierProblem) as refused:
        examine(kind, value)
    assert refused.value.code == code


def test_details_travel_beside_the_value() -> None:
    assert examine("IMSI", "404451234567890").extra["mcc"] == "404"
    assert examine("CELL", "404-98-8331-230711555").extra == {
        "form": "DASHED",
        "mcc": "404",
        "mnc": "98",
        "area": "8331",
        "cell_id": "230711555",
    }
    assert examine("EPIC", "ABC1234566").extra == {"checksum_valid": True}
    assert examine("HANDLE", "chatter:12345").extra == {"platform": "chatter", "user": "12345", "numeric": True}
    assert examine("BANK_ACCOUNT", "00123456789", note="IFSC: abcd0123456, Mumbai").extra["ifsc"] == "ABCD0123456"


def test_an_imei_of_a_call_record_is_told_how_to_enter_it() -> None:
    with pytest.raises(IdentifierProblem, match="enter the first 14"):
        check("IMEI", "490154203237510")


def problems_of(**item: object) -> dict[str, str]:
    _, problems = check_all([item])
    return {problem["field"]: problem["code"] for problem in problems}


def test_ipv4_needs_port_and_period_and_says_all_three_at_once() -> None:
    assert problems_of(type="IP", value="203.0.113.7") == {
        "port": "ip_port_missing",
        "from": "ip_from_missing",
        "to": "ip_to_missing",
    }


def test_ipv6_is_enough_in_itself() -> None:
    assert problems_of(type="IP", value="2001:db8::7") == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"from": "2026-10-01T14:05Z"}, {"from": "time_not_to_the_second"}),
        ({"from": "2026-10-01"}, {"from": "time_not_to_the_second"}),
        ({"from": "2026-10-01T14:05:09"}, {"from": "time_zone_missing"}),
        ({"from": "2026-13-01T14:05:09Z"}, {"from": "time_format"}),
        ({"from": 1_790_000_000}, {"from": "time_format"}),
        ({"from": "0001-01-01T00:00:00+05:30"}, {"from": "time_format"}),
        ({"to": "2026-10-01T14:05:08+05:30"}, {"to": "period_reversed"}),
        ({"port": 0}, {"port": "port_invalid"}),
        ({"port": 65536}, {"port": "port_invalid"}),
        ({"port": True}, {"port": "port_invalid"}),
        ({"port": "http"}, {"port": "port_invalid"}),
        ({"port": "9" * 5000}, {"port": "port_invalid"}),
        ({"value": "203.0.113.7:443"}, {"port": "port_conflict"}),
        ({"value": "203.0.113.7:0"}, {"port": "port_invalid"}),
        ({"value": "203.0.113.7:50123", "port": None}, {}),
        ({"note": "x\x00y"}, {"note": "identifier_control_character"}),
        ({"note": "x" * 1001}, {"note": "identifier_too_long"}),
        ({"note": "first line\nsecond line"}, {}),
        ({"ports": 1}, {"ports": "unknown_field"}),
    ],
)
def test_what_stands_beside_an_address_is_checked(changes: dict[str, object], expected: dict[str, str]) -> None:
    item: dict[str, object] = {
        "type": "IP",
        "value": "203.0.113.7",
        "from": PERIOD["from_"],
        "to": PERIOD["to"],
        "port": 50123,
    }
    assert problems_of(**(item | changes)) == expected


def test_an_address_with_its_port_behind_it_is_taken_apart() -> None:
    checked = check("IP", "203.0.113.7:50123", **PERIOD)
    assert checked.value == "203.0.113.7"
    assert checked.extra == {
        "version": 4,
        "port": 50123,
        "from": "2026-10-01T08:35:09Z",
        "to": "2026-10-01T08:36:10Z",
    }
    assert check("IP", "[2001:db8::7]:443").extra["port"] == 443


def test_other_types_take_whole_days_and_instants() -> None:
    checked = check("MSISDN", "9876543210", from_="2026-10-01", to=datetime(2026, 10, 2, tzinfo=UTC))
    assert (checked.extra["from"], checked.extra["to"]) == ("2026-10-01", "2026-10-02T00:00:00Z")
    assert check("MSISDN", "9876543210", from_=date(2026, 10, 1)).extra["from"] == "2026-10-01"
    with pytest.raises(IdentifierProblem, match="swap"):
        check("MSISDN", "9876543210", from_="2026-10-02", to="2026-10-01")


@pytest.mark.parametrize("mandate", [None, "", "BNSS_94", "court_order", "EMERGENCY"])
@pytest.mark.parametrize("value", [AADHAAR, "hello"])
def test_aadhaar_needs_a_court_order_before_anything_else(mandate: str | None, value: str) -> None:
    with pytest.raises(IdentifierProblem) as refused:
        check("AADHAAR", value, mandate_type=mandate)
    assert refused.value.code == "aadhaar_needs_court_order"


def test_an_aadhaar_number_is_nowhere_but_in_what_the_index_needs() -> None:
    checked = examine("AADHAAR", AADHAAR)
    assert checked.normalised == AADHAAR
    assert AADHAAR[:8] not in f"{checked.value} {checked.masked} {checked.extra} {checked!r}"


def test_a_checked_identifier_does_not_print_itself() -> None:
    assert "9876543210" not in repr(examine("MSISDN", "9876543210"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"his number is {AADHAAR}", True),
        ("his number is 9999-0000-1119.", True),
        ("उसका नंबर ९९९९ ०००० १११९ है", True),
        ("999900001118", False),
        (f"1{AADHAAR}", False),
        ("", False),
        ("call +919876543210", False),
    ],
)
def test_aadhaar_numbers_are_found_in_text(text: str, expected: bool) -> None:
    assert find_aadhaar(text) is expected


def test_check_all_tells_every_problem_and_keeps_the_good_ones() -> None:
    good, problems = check_all(
        [
            {"type": "MSISDN", "value": "9876543210"},
            {"type": "IMEI", "value": "1"},
            "9876543210",
            {"type": "PHONE", "value": "9876543210"},
            {"value": "9876543210"},
            {"type": "MSISDN", "value": "+91 98765 43210"},
            {"type": "MSISDN", "value": "9876543210", "from": "2026-10-01", "to": "2026-10-02"},
            {"type": "AADHAAR", "value": AADHAAR},
        ]
    )
    assert [item.normalised for item in good] == ["+919876543210", "+919876543210"]
    assert [(each["index"], each["field"], each["code"]) for each in problems] == [
        (1, "value", FORM),
        (2, "type", "identifier_not_object"),
        (3, "type", "identifier_type"),
        (4, "type", "identifier_type"),
        (5, "value", "duplicate"),
        (7, "value", "aadhaar_needs_court_order"),
    ]
    assert "number 1" in problems[4]["message"]


def test_check_all_knows_the_mandate() -> None:
    good, problems = check_all([{"type": "AADHAAR", "value": AADHAAR}], mandate_type="COURT_ORDER")
    assert [item.masked for item in good] == ["XXXX XXXX 1119"]
    assert problems == []


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("MSISDN", "+919876543210", "••••3210"),
        ("EMAIL", "some.one@example.com", "••••ne@••••.com"),
        ("EMAIL", "a@example.com", "••••@••••.com"),
        ("UPI_VPA", "someone@okbank", "••••ne@okbank"),
        ("HANDLE", "chatter:some_one", "chatter:••••ne"),
        ("AADHAAR", "XXXX XXXX 1119", "XXXX XXXX 1119"),
        ("AADHAAR", AADHAAR, "XXXX XXXX 1119"),
        ("CARD", "411111******1111", "••••1111"),
        ("BANK_ACCOUNT", "ABCD0123456:00123456789", "••••789"),
        ("OTHER", "ab", "••••"),
        ("OTHER", "abc", "••••c"),
    ],
)
def test_masks(kind: str, value: str, expected: str) -> None:
    assert mask(kind, value) == expected


@given(st.sampled_from(IdentifierType), st.text(min_size=1, max_size=300))
def test_a_mask_never_shows_the_value_nor_more_than_four_of_it(kind: IdentifierType, value: str) -> None:
    shown = mask(kind, value)
    assert shown != value or kind is IdentifierType.AADHAAR
    if kind not in {IdentifierType.EMAIL, IdentifierType.UPI_VPA, IdentifierType.HANDLE, IdentifierType.AADHAAR}:
        assert shown.startswith("••••")
        assert len(shown) <= 8


printable = st.text(alphabet=string.printable + "०१२३@.:-₹é\u200b\ud800\x00", max_size=80)


@given(st.sampled_from(IdentifierType), printable | st.text(max_size=60), st.none() | printable)
def test_any_text_is_either_checked_or_refused_with_a_sentence(
    kind: IdentifierType, value: str, note: str | None
) -> None:
    good, problems = check_all([{"type": str(kind), "value": value, "note": note}], mandate_type="COURT_ORDER")
    assert bool(good) != bool(problems)
    assert all(problem["code"] and problem["message"].endswith(".") for problem in problems)


@given(st.from_regex(r"[6-9][0-9]{9}", fullmatch=True), st.sampled_from(["", "0", "91", "+91", "0091", "+91-"]))
def test_every_way_to_write_a_mobile_number_is_the_same_number(national: str, prefix: str) -> None:
    assert check("MSISDN", prefix + national).normalised == f"+91{national}"
