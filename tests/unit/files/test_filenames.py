"""File names are harmless on every system and arrive whole in every browser."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lers_web.domains.files.content import clean_filename, content_disposition


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("order.pdf", "order.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\io\\Order 12.pdf", "Order 12.pdf"),
        ("/", "file"),
        ("", "file"),
        ("...", "file"),
        (".htaccess", "htaccess"),
        ("order.pdf. . ", "order.pdf"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("gpj.\u202eexe.pdf", "gpj.exe.pdf"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("???", "file"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("console.txt", "console.txt"),
        ("आदेश क्र. १२.pdf", "आदेश क्र. १२.pdf"),
        ("क्\u200dष.pdf", "क्\u200dष.pdf"),
        ("broken\ud800.pdf", "broken.pdf"),
        ("cafe\u0301.pdf", "caf\u00e9.pdf"),
    ],
)
def test_names_are_cleaned(given_name: str, expected: str) -> None:
    assert clean_filename(given_name) == expected


def test_long_names_keep_their_extension_and_whole_letters() -> None:
    assert clean_filename("a" * 300 + ".pdf") == "a" * 251 + ".pdf"
    hindi = clean_filename("कि" * 200 + ".pdf")
    assert hindi.endswith("कि.pdf")
    assert len(hindi.encode()) <= 255
    assert clean_filename("a." + "b" * 300) == ("a." + "b" * 300)[:255]


@given(st.text(max_size=400))
def test_every_cleaned_name_is_one_safe_component(name: str) -> None:
    cleaned = clean_filename(name)
    assert 0 < len(cleaned.encode("utf-8")) <= 255
    assert not set(cleaned) & set('/\\\x00\r\n<>:"|?*')
    assert not cleaned.startswith(".")
    assert clean_filename(cleaned) == cleaned


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("order.pdf", 'attachment; filename="order.pdf"'),
        ("Order 12 (copy).pdf", 'attachment; filename="Order 12 (copy).pdf"'),
        ("caf\u00e9.pdf", "attachment; filename=\"cafe.pdf\"; filename*=UTF-8''caf%C3%A9.pdf"),
        (
            "आदेश.pdf",
            "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E0%A4%86%E0%A4%A6%E0%A5%87%E0%A4%B6.pdf",
        ),
        ("50%.pdf", "attachment; filename=\"50_.pdf\"; filename*=UTF-8''50%25.pdf"),
        ('a"; x="b.pdf', 'attachment; filename="a_; x=_b.pdf"'),
    ],
)
def test_content_disposition(name: str, expected: str) -> None:
    assert content_disposition(name) == expected


def test_inline_is_asked_for_by_name() -> None:
    assert content_disposition("a.png", inline=True).startswith("inline;")


@given(st.text(max_size=300))
def test_the_header_is_plain_ascii_and_carries_the_true_name(name: str) -> None:
    header = content_disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    plain = header.split('"')[1]
    extended = header.partition("filename*=UTF-8''")[2]
    assert (unquote(extended) if extended else plain) == clean_filename(name)
