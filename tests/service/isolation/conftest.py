"""The cast, in a database of this module's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lers_web.config import Settings
from tests.factories.cast import Cast, cast_in


@pytest.fixture(scope="module")
def cast(module_database: Settings) -> Iterator[Cast]:
    with cast_in(module_database) as cast:
        yield cast
