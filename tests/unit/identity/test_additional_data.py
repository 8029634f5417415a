"""The additional data of sealed fields is RFC 8785, byte for byte, though it is written out by hand."""

from __future__ import annotations

import rfc8785

from lers_web.kernel.crypto import _aad
from lers_web.kernel.ids import new_id


def test_the_additional_data_is_canonical() -> None:
    row, tenant, kid = new_id(), new_id(), new_id().hex
    whole = {"c": "sealed", "k": kid, "r": str(row), "t": "request_identifier", "tenant": str(tenant)}
    assert _aad("request_identifier", "sealed", row, tenant, kid) == rfc8785.dumps(whole)
