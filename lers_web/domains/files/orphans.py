"""Objects that nobody points at: left by a process that died between the stream and the commit. Removed after a day."""

from __future__ import annotations

import datetime as dt
import itertools
import logging
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from lers_web.domains.files.models import File
from lers_web.kernel import clock
from lers_web.kernel.actor import system_actor
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import unit_of_work

LOG = logging.getLogger(__name__)

AGE = dt.timedelta(days=1)
"""No upload takes so long: an object of this age that no row names never will be named."""
BATCH = 500


def remove_orphans(backend: Backend, tenants: Iterable[UUID], *, before: dt.datetime | None = None) -> int:
    """Remove the orphans of these tenants and return how many there were. Objects of other names are left alone."""
    known, removed = set(tenants), 0
    keys = backend.ports.storage.keys_before(before or clock.now() - AGE)
    while batch := list(itertools.islice(keys, BATCH)):
        by_tenant: dict[UUID, list[str]] = defaultdict(list)
        for key in batch:
            tenant_id = _tenant_of(key)
            if tenant_id in known:
                by_tenant[tenant_id].append(key)
        for tenant_id, own in by_tenant.items():
            with unit_of_work(backend, system_actor(tenant_id)) as uow:
                named = set(
                    uow.session.scalars(
                        select(File.object_key).where(File.tenant_id == tenant_id, File.object_key.in_(own))
                    )
                )
            for key in own:
                if key not in named:
                    LOG.warning("removing an object that no file names: %s", key)
                    backend.ports.storage.remove(key)
                    removed += 1
    return removed


def _tenant_of(key: str) -> UUID | None:
    """Read the tenant out of ``tenant/file/attempt``; None for a key that is not ours."""
    parts = key.split("/")
    try:
        ids = [UUID(part) for part in parts]
    except ValueError:
        return None
    return ids[0] if len(ids) == len(("tenant", "file", "attempt")) else None
