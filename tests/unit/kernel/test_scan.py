"""The virus scanner's port where nobody takes the call."""

from __future__ import annotations

import gc
import io
import warnings
from pathlib import Path

import pytest

from lers_web.kernel.errors import Unavailable
from lers_web.kernel.scan import ClamdScanner
from lers_web.standalone.home import free_port


@pytest.fixture(params=["unix", "tcp"])
def nobody(request: pytest.FixtureRequest, tmp_path: Path) -> ClamdScanner:
    return ClamdScanner(str(tmp_path / "clamd") if request.param == "unix" else f"tcp://127.0.0.1:{free_port()}")


def test_a_scanner_that_is_away_leaves_no_connection_behind(nobody: ClamdScanner) -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert nobody.ping() is False
        with pytest.raises(Unavailable, match="did not answer"):
            nobody.scan(io.BytesIO(b"x"))
        gc.collect()
    assert [str(each.message) for each in said if each.category is ResourceWarning] == []
