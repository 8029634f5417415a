"""The cast, in a database of this module's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lers_web.config import Settings
from lers_web.kernel.ports import Backend
from tests.factories.cast import Cast, cast_in


@pytest.fixture(scope="module")
def cast(module_database: Settings) -> Iterator[Cast]:
    with cast_in(module_database) as cast:
        yield cast


@pytest.fixture
def worker(cast: Cast) -> Iterator[Backend]:
    """The way of the jobs to the same database."""
    backend = Backend.connect(cast.settings, cast.settings.worker_database_url, application="lers-test-worker")
    yield backend
    backend.engine.dispose()
