"""Tables of the audit log's tree. Both are append-only: the database functions of migration 0016 write them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel.db import Base


class LeafRange(Base):
    """Entries of one chain that stand next to each other in the tree: ``entries`` leaves from ``first_leaf`` on."""

    __tablename__ = "leaf_range"
    __table_args__ = (UniqueConstraint("chain", "first_seq"), {"schema": "audit"})

    first_leaf: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entries: Mapped[int] = mapped_column(BigInteger)
    chain: Mapped[str]
    first_seq: Mapped[int] = mapped_column(BigInteger)


class Checkpoint(Base):
    """A signed statement of the tree's root over ``size`` leaves.

    ``peaks`` are the roots of the perfect subtrees: they give the root, so the signature covers them too.
    """

    __tablename__ = "checkpoint"
    __table_args__ = ({"schema": "audit"},)

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary)
    peaks: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str]
    kid: Mapped[str]
    at: Mapped[dt.datetime]
