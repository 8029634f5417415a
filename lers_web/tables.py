"""Every table of LERS in one metadata: whoever maps one class needs them all (Alembic, hub, jobs)."""

from __future__ import annotations

from sqlalchemy.orm import configure_mappers

from lers_web.domains.access import models as _access
from lers_web.domains.approvals import models as _approvals
from lers_web.domains.audit import models as _audit_log
from lers_web.domains.authority import models as _authority
from lers_web.domains.catalog import models as _catalog
from lers_web.domains.chat import models as _chat
from lers_web.domains.files import models as _files
from lers_web.domains.identity import models as _identity
from lers_web.domains.notifications import models as _notifications
from lers_web.domains.presence import models as _presence
from lers_web.domains.requests import models as _requests
from lers_web.domains.responses import models as _responses
from lers_web.domains.sla import models as _sla
from lers_web.domains.templates import models as _templates
from lers_web.kernel import audit, crypto, idempotency, outbox
from lers_web.kernel.db import Base

__all__ = ["METADATA"]

METADATA = Base.metadata
_ALL = (
    _identity, _access, _files, _catalog, _sla, _authority, _requests, _approvals, _chat, _responses, _presence,
    _templates, _notifications, _audit_log, audit, crypto, idempotency, outbox,
)  # fmt: skip

configure_mappers()  # once, before any fork
