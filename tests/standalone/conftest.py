"""Homes for the tests of the standalone run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lers_web.standalone.account import unprivileged_account
from lers_web.standalone.home import Home
from tests.conftest import temporary_home
from tests.launched import Launched, processes_of


@pytest.fixture
def home_path() -> Iterator[Path]:
    """A place for a home; whatever a test did, nothing of it may run afterwards."""
    with temporary_home() as path:
        yield path
        assert processes_of(path) == []


@pytest.fixture
def home(home_path: Path) -> Iterator[Home]:
    """A locked home of the test's own process."""
    home = Home(home_path, unprivileged_account())
    home.lock()
    yield home
    home.unlock()


@pytest.fixture(scope="module")
def inner() -> Iterator[Launched]:
    """The inner servers of one home, for the tests of one module."""
    with temporary_home() as path, Launched(path, "--servers-only") as launched:
        yield launched.start()
