"""Ranks in order, with equals."""

from __future__ import annotations

import itertools

import pytest

from lers_web.domains.authority.ranks import RANK_ORDER, RANKS, at_least, place
from lers_web.domains.identity import states as identity

ASCENDING = (("SHO",), ("ACP", "DSP"), ("DCP", "SP"), ("DIG",), ("IG",), ("ADG",), ("DG",))


def test_the_order_is_that_of_the_contract():
    assert tuple(itertools.chain(*ASCENDING)) == RANKS == identity.RANKS
    for step, names in enumerate(ASCENDING, start=1):
        assert {RANK_ORDER[name] for name in names} == {step}


@pytest.mark.parametrize(("rank", "minimum"), list(itertools.product(RANKS, RANKS)))
def test_every_pair(rank: str, minimum: str):
    steps = {name: step for step, names in enumerate(ASCENDING) for name in names}
    assert at_least(rank, minimum) is (steps[rank] >= steps[minimum])


@pytest.mark.parametrize("rank", [None, "", "PSI", "sho"])
def test_no_rank_and_unknown_ones_are_below_all(rank: str | None):
    assert place(rank) == 0
    assert not at_least(rank, "SHO")
