"""Ranks of the police, ascending, with equals as data."""

from __future__ import annotations

RANK_ORDER: dict[str, int] = {
    "SHO": 1,
    "ACP": 2,
    "DSP": 2,
    "DCP": 3,
    "SP": 3,
    "DIG": 4,
    "IG": 5,
    "ADG": 6,
    "DG": 7,
}
RANKS = tuple(RANK_ORDER)


def place(rank: str | None) -> int:
    """Return where a rank stands; no rank and unknown ones are below all."""
    return RANK_ORDER.get(rank or "", 0)


def at_least(rank: str | None, minimum: str) -> bool:
    """Whether a rank is the minimum, its equal, or above."""
    return place(rank) >= RANK_ORDER[minimum]
