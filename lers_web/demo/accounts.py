"""Who is in the demo system (contract, section 7). Their password is published: they never exist in production."""

from __future__ import annotations

from dataclasses import dataclass

from lers_web.kernel.permissions import Role, TenantType

PASSWORD = "Lers-demo-2026!"  # noqa: S105 - published on purpose


@dataclass(frozen=True, slots=True)
class DemoTenant:
    """A tenant of the demo."""

    code: str
    name: str
    type: TenantType


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the demo."""

    email: str
    name: str
    role: Role
    tenant: str
    rank: str | None = None
    is_tenant_admin: bool = False
    unit: str | None = None


PLATFORM, MUMBAI, BENGALURU, TELECOM, BANK, SOCIAL = "LERS", "MUM", "BLR", "BTEL", "RBNK", "CHAT"

TENANTS = (
    DemoTenant(PLATFORM, "LERS Platform", TenantType.PLATFORM),
    DemoTenant(MUMBAI, "Cyber Police Station, Mumbai", TenantType.LAW_ENFORCEMENT),
    DemoTenant(BENGALURU, "CID Cyber Crime, Bengaluru", TenantType.LAW_ENFORCEMENT),
    DemoTenant(TELECOM, "Bharat Telecom", TenantType.PROVIDER),
    DemoTenant(BANK, "Rupee Bank", TenantType.PROVIDER),
    DemoTenant(SOCIAL, "Chatter Social", TenantType.PROVIDER),
)

ADMIN, ADMIN2 = "admin@lers.example", "admin2@lers.example"
IO, IO2 = "io@cyber-mumbai.example", "io2@cyber-mumbai.example"
SHO, DSP = "sho@cyber-mumbai.example", "dsp@cyber-mumbai.example"
IO_BLR, SP_BLR = "io@cid-bengaluru.example", "sp@cid-bengaluru.example"
NODAL, DESK = "nodal@bharat-telecom.example", "desk@bharat-telecom.example"
NODAL_BANK, NODAL_SOCIAL = "nodal@rupee-bank.example", "nodal@chatter-social.example"

ACCOUNTS = (
    Account(ADMIN, "Meera Nair", Role.SUPER_ADMIN, PLATFORM),
    Account(ADMIN2, "Joseph D'Souza", Role.SUPER_ADMIN, PLATFORM),
    Account(IO, "Asha Kulkarni", Role.IO, MUMBAI, "PSI", unit="Cyber Cell 1"),
    Account(IO2, "Imran Shaikh", Role.IO, MUMBAI, "API", unit="Cyber Cell 2"),
    Account(SHO, "Sunita Pawar", Role.APPROVER, MUMBAI, "SHO", is_tenant_admin=True),
    Account(DSP, "Rajesh Patil", Role.APPROVER, MUMBAI, "DSP"),
    Account(IO_BLR, "Kavya Gowda", Role.IO, BENGALURU, "PI", unit="Cyber Crime"),
    Account(SP_BLR, "Vikram Rao", Role.APPROVER, BENGALURU, "SP"),
    Account(NODAL, "Anil Mehta", Role.PROVIDER, TELECOM, is_tenant_admin=True, unit="Nodal office"),
    Account(DESK, "Farah Khan", Role.PROVIDER, TELECOM, unit="LEA desk"),
    Account(NODAL_BANK, "Priya Iyer", Role.PROVIDER, BANK, is_tenant_admin=True, unit="Nodal office"),
    Account(NODAL_SOCIAL, "Daniel Thomas", Role.PROVIDER, SOCIAL, is_tenant_admin=True, unit="Trust and safety"),
)

_TENANT_NAMES = {tenant.code: tenant.name for tenant in TENANTS}


def public_accounts() -> list[dict[str, str]]:
    """Return what a standalone system's first page shows of the demo accounts."""
    return [
        {
            "email": account.email,
            "password": PASSWORD,
            "name": account.name,
            "role": account.role.value,
            "tenant": _TENANT_NAMES[account.tenant],
            "rank": account.rank or "",
        }
        for account in ACCOUNTS
    ]
