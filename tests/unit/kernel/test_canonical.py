"""The text that an audit entry's hash covers is RFC 8785's, whoever writes it faster."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from lers_web.kernel import audit, clock
from lers_web.kernel.actor import system_actor
from lers_web.kernel.ids import new_id

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXT, VALUES, max_size=8))
def test_a_body_is_written_as_the_reference_writes_it(body: dict[str, Any]) -> None:
    assert audit._rfc8785(body) == rfc8785.dumps(body).decode()


def test_names_are_ordered_as_utf_16_has_them() -> None:
    body = {"\U0001f600": None, "\uffff": None, "seq": 0}
    assert audit._rfc8785(body) == '{"seq":0,"\U0001f600":null,"\uffff":null}'


def test_half_a_character_is_refused() -> None:
    entry = audit.AuditEvent(event="request:create", object_type="request", object_id=new_id(), why="\ud800")
    with pytest.raises(TypeError, match="surrogates"):
        audit._canonical(system_actor(), clock.now(), entry)
