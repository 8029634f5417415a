"""Field encryption and blind indexes: AES-256-GCM under a data key per tenant, wrapped by the master key.

A blob is ``v1.<kid>.<nonce>.<ciphertext+tag>`` (base64url). Its additional data names table, column, row and tenant,
so a ciphertext that is moved elsewhere is a loud error, never a blank. Equal identifiers are found again through an
HMAC under a second key of the tenant. See security.md (d).
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import os
from uuid import UUID

import rfc8785
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Index, LargeBinary, select, text
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.db import Base
from lers_web.kernel.ids import new_id

NONCE_BYTES = 12
KEY_BYTES = 32
INDEX_BYTES = 16
FIELD = "FIELD"
INDEX = "INDEX"


class CipherError(Exception):
    """A ciphertext does not open: wrong key, moved, cut or changed. Never hidden, always an alarm."""


class TenantKey(Base):
    """A tenant's data key, wrapped by the master key. ``retired_at`` marks keys that only open old blobs."""

    __tablename__ = "tenant_key"
    __table_args__ = (
        Index(
            "uq_tenant_key_current", "tenant_id", "purpose", unique=True, postgresql_where=text("retired_at IS NULL")
        ),
    )

    kid: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID]
    purpose: Mapped[str]
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
    retired_at: Mapped[dt.datetime | None]


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unb64(text_: str) -> bytes:
    return base64.urlsafe_b64decode(text_ + "=" * (-len(text_) % 4))


def _aad(table: str, column: str, row: UUID, tenant_id: UUID, kid: str) -> bytes:
    # RFC 8785 of five plain words, written out: the general writer costs ten times as much as the encryption.
    return f'{{"c":"{column}","k":"{kid}","r":"{row}","t":"{table}","tenant":"{tenant_id}"}}'.encode()


class Vault:
    """Opens and seals field values. One instance a process; it keeps unwrapped keys in memory."""

    def __init__(self, master_key: bytes) -> None:
        self._master = AESGCM(master_key)
        self._current: dict[tuple[UUID, str], tuple[str, bytes]] = {}
        self._by_kid: dict[str, bytes] = {}

    def seal(self, session: Session, tenant_id: UUID, place: tuple[str, str, UUID], plaintext: str) -> str:
        """Encrypt a value for one place (table, column, row id) of one tenant."""
        kid, key = self._current_key(session, tenant_id, FIELD)
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, plaintext.encode(), _aad(*place, tenant_id, kid))
        return f"v1.{kid}.{_b64(nonce)}.{_b64(sealed)}"

    def open(self, session: Session, tenant_id: UUID, place: tuple[str, str, UUID], blob: str) -> str:
        """Decrypt a value; raise ``CipherError`` unless it is exactly what was sealed for this place."""
        try:
            version, kid, nonce, sealed = blob.split(".")
            if version != "v1":
                raise CipherError(f"unknown blob version {version}")
            key = self._key(session, kid)
            return AESGCM(key).decrypt(_unb64(nonce), _unb64(sealed), _aad(*place, tenant_id, kid)).decode()
        except (InvalidTag, ValueError) as error:
            raise CipherError(f"a value of {place[0]}.{place[1]} does not open: wrong key, moved or changed") from error

    def blind_index(self, session: Session, tenant_id: UUID, kind: str, normalised: str) -> bytes:
        """Return the 128-bit search key of a normalised identifier under the tenant's index key."""
        _, key = self._current_key(session, tenant_id, INDEX)
        message = f"{kind}\0{normalised}".encode()
        return hmac.new(key, message, hashlib.sha256).digest()[:INDEX_BYTES]

    def _current_key(self, session: Session, tenant_id: UUID, purpose: str) -> tuple[str, bytes]:
        cached = self._current.get((tenant_id, purpose))
        if cached is not None:
            return cached
        query = select(TenantKey).where(
            TenantKey.tenant_id == tenant_id, TenantKey.purpose == purpose, TenantKey.retired_at.is_(None)
        )
        row = session.scalar(query)
        if row is None:
            self._make_key(session, tenant_id, purpose)
            row = session.scalars(query).one()
        key = self._unwrap(row)
        if row.kid not in session.info.get("new_kids", ()):
            # A key of this very transaction may yet be rolled back: only committed keys are remembered.
            self._current[tenant_id, purpose] = (row.kid, key)
            self._by_kid[row.kid] = key
        return row.kid, key

    def _make_key(self, session: Session, tenant_id: UUID, purpose: str) -> None:
        kid = new_id().hex
        nonce = os.urandom(NONCE_BYTES)
        wrapped = nonce + self._master.encrypt(nonce, os.urandom(KEY_BYTES), _wrap_aad(tenant_id, purpose, kid))
        session.execute(
            pg_insert(TenantKey)
            .values(kid=kid, tenant_id=tenant_id, purpose=purpose, wrapped=wrapped, created_at=clock.now())
            .on_conflict_do_nothing()
        )
        session.info.setdefault("new_kids", set()).add(kid)

    def _key(self, session: Session, kid: str) -> bytes:
        cached = self._by_kid.get(kid)
        if cached is not None:
            return cached
        row = session.get(TenantKey, kid)
        if row is None:
            raise CipherError(f"the data key {kid} is not there")
        return self._unwrap(row)

    def _unwrap(self, row: TenantKey) -> bytes:
        try:
            return self._master.decrypt(
                row.wrapped[:NONCE_BYTES], row.wrapped[NONCE_BYTES:], _wrap_aad(row.tenant_id, row.purpose, row.kid)
            )
        except InvalidTag as error:
            raise CipherError("EVIDENCE_ENCRYPTION_KEY does not open this database's data keys") from error


def _wrap_aad(tenant_id: UUID, purpose: str, kid: str) -> bytes:
    return rfc8785.dumps({"k": kid, "purpose": purpose, "tenant": str(tenant_id)})
