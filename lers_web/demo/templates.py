"""The demo's templates: what each agency asks for again and again."""

from __future__ import annotations

from sqlalchemy import text

from lers_web.demo.accounts import IO, IO_BLR
from lers_web.demo.base import World
from lers_web.demo.catalog import TEMPLATE_DESCRIPTION, TEMPLATES
from lers_web.domains.templates import service as templates


def make(world: World) -> int:
    """Make the templates of each agency that are not there yet; return how many were made."""
    made = 0
    for email in (IO, IO_BLR):
        with world.acting(email) as uow:
            known = set(
                uow.session.scalars(
                    text("SELECT name FROM app.lers_templates WHERE tenant_id = :tenant AND NOT is_deleted"),
                    {"tenant": uow.actor.tenant_id},
                )
            )
            for template in TEMPLATES:
                if template["name"] not in known:
                    content = {"description": TEMPLATE_DESCRIPTION, **template["content"]}
                    item = world.items[template["item"]]
                    templates.create(
                        uow,
                        {"name": template["name"], "catalog_item_id": item, "content": content, "is_shared": True},
                    )
                    made += 1
    return made
