"""The cast, with two administrators, and a catalog item, in a database of this module's own."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from lers_web.config import Settings
from tests.factories.admins import add_second_admin
from tests.factories.cases import make_item
from tests.factories.cast import Cast, cast_in


@pytest.fixture(scope="module")
def cast(module_database: Settings) -> Iterator[Cast]:
    with cast_in(module_database) as cast:
        add_second_admin(cast)
        yield cast


@pytest.fixture(scope="module")
def item(cast: Cast) -> UUID:
    return make_item(cast)
