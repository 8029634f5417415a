"""Whether the second lock holds: asked by each process of its own connection, at its start and by ``/readyz``.

A wrong role in a URL, a restored database without the lock on ``set_config``, or a policy that shows all would go
unnoticed otherwise: the first lock (``policy.visible_to``) still answers as it should (security.md, a and i).
"""

from __future__ import annotations

import logging
from dataclasses import replace

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from lers_web.kernel.actor import system_actor
from lers_web.kernel.db import ActorSession
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Role
from lers_web.kernel.ports import Backend

LOG = logging.getLogger(__name__)

_ASK = text(
    """
    WITH tables AS (
        SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relowner, c.relforcerowsecurity
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname IN ('app', 'audit') AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'
    )
    SELECT current_user AS name,
           (SELECT r.rolsuper OR r.rolbypassrls FROM pg_roles r WHERE r.rolname = current_user) AS above,
           has_function_privilege('pg_catalog.set_config(text,text,boolean)', 'EXECUTE') AS may_set,
           ARRAY(SELECT t.name FROM tables t WHERE pg_has_role(t.relowner, 'MEMBER') ORDER BY 1) AS owned,
           ARRAY(SELECT t.name FROM tables t WHERE NOT (t.relforcerowsecurity AND row_security_active(t.oid))
                  ORDER BY 1) AS bare,
           EXISTS (SELECT u.id FROM app.authentication_user u) AS seen
    """
)


class WallsOpenError(RuntimeError):
    """The database would show this process what is none of its caller's."""


def findings(backend: Backend) -> list[str]:
    """Return what is wrong with the walls around this process's role, each in a sentence; nothing when they hold.

    Looks as somebody of a tenant that does not exist, who must see no account. Raises ``SQLAlchemyError`` when the
    database does not answer or has no tables yet.
    """
    stranger = replace(system_actor(new_id()), user_id=new_id(), role=Role.IO)
    with ActorSession(backend.engine, stranger) as session:
        found = session.execute(_ASK).one()
    told = []
    if found.above:
        told.append(f"{found.name} is above row-level security: connect as the service's own role")
    if found.may_set:
        told.append(f"{found.name} may call set_config: run migrations/bootstrap.sql on this database again")
    if found.owned:
        told.append(f"{found.name} acts for the owner of {', '.join(found.owned)}: revoke that membership")
    if found.bare:
        told.append(f"row-level security is not forced on {', '.join(found.bare)}: restore the migrations' schema")
    if found.seen:
        told.append("a stranger sees accounts: a policy of app.authentication_user shows too much")
    return told


def insist(backend: Backend) -> None:
    """Raise ``WallsOpenError`` when the walls are open. A database that is away is no reason: readiness asks again."""
    try:
        told = findings(backend)
    except SQLAlchemyError as error:
        LOG.warning("the walls could not be looked at: %s", type(error).__name__)
        return
    if told:
        raise WallsOpenError("; ".join(told))
