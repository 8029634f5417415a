"""The second step of a sign-in: setting up an authenticator app, signing in with its codes, and being made to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import string
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import Person
from tests.portal.messages import untranslated
from tests.portal.steps import LIVE_MS, main
from tests.portal.visitor import Language, Visitor, report

ADMIN = "admin@lers.example"
FIRST_PASSWORD = "nine blue kites over Pune"
STEP_SECONDS = 30
DECLINED = ("answer: 401 POST /api/v1/auth/login/",)
LOOKS = (("light", 1280), ("light", 360), ("dark", 360), ("dark", 1280))


@dataclass
class Phone:
    """An authenticator app (RFC 6238) with one secret. Each code is shown once, as each is taken once."""

    secret: str
    shown: int = -1

    def code(self) -> str:
        """Return the present code, or the next one, which the server takes as well."""
        self.shown = max(int(time.time()) // STEP_SECONDS, self.shown + 1)
        return self.at(self.shown)

    def wrong(self) -> str:
        """Return six digits that are no code near now."""
        now = int(time.time()) // STEP_SECONDS
        near = {self.at(now + away) for away in range(-4, 5)}
        return next(code for code in (f"{number:06}" for number in range(20)) if code not in near)

    def at(self, step: int) -> str:
        """Return the code of a half minute."""
        digest = hmac.digest(base64.b32decode(self.secret), struct.pack(">Q", step), hashlib.sha1)
        place = digest[-1] & 15
        number: int = struct.unpack(">I", digest[place : place + 4])[0]
        return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


@dataclass
class Unit:
    """An agency of a test's own, in which nobody else's demo is disturbed."""

    admin: Person
    tenant: dict[str, Any]

    def officer(self, name: str, password: str = FIRST_PASSWORD) -> str:
        """Add an officer who has accepted the invitation; return the address."""
        email = f"{name}@{self.tenant['code'].lower()}.example"
        found = self.admin.post(
            "/users/", {"email": email, "full_name": name.title(), "role": "IO", "tenant_id": self.tenant["id"]}
        )
        link = self.admin.post(f"/users/{found['id']}/invitation/")["link"]
        answer = requests.post(
            f"{self.admin.base}/auth/invitations/accept/",
            json={"token": link.partition("#token=")[2], "password": password},
            timeout=30,
        )
        assert answer.ok, answer.text
        return email

    def demand(self, *, second_factor: bool) -> None:
        """Change the policy."""
        path = f"/tenants/{self.tenant['id']}/"
        version = self.admin.get(path)["version"]
        headers = {"If-Match": f'"{version}"'}
        self.admin.call("PATCH", path, {"policy": {"mfa_required": second_factor}}, headers=headers)


@pytest.fixture
def unit(person: Callable[[str], Person]) -> Unit:
    """A new agency that demands no second factor yet."""
    admin = Person(person(ADMIN).base.removesuffix("/api/v1"), ADMIN)
    code = "S" + "".join(secrets.choice(string.ascii_uppercase) for _ in range(9))
    tenant = admin.post(
        "/tenants/",
        {"code": code, "name": f"Unit {code}", "type": "LAW_ENFORCEMENT", "policy": {"mfa_required": False}},
    )
    return Unit(admin, tenant)


def phone_of(page: Page) -> Phone:
    """Type the key that the page shows into an app."""
    shown = page.get_by_text(re.compile(r"^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$"))
    return Phone(shown.inner_text().replace(" ", ""))


def recovery_codes(page: Page) -> list[str]:
    """Return the ten codes that the page shows."""
    shown = page.locator("[data-recovery-codes] ol code")
    expect(shown).to_have_count(10, timeout=LIVE_MS)
    return shown.all_inner_texts()


def keep(page: Page) -> None:
    """Say that the codes are kept: nothing else leads on."""
    box = page.locator("[data-recovery-codes]")
    done = box.get_by_role("button").last
    expect(done).to_be_disabled()
    box.get_by_role("checkbox").check()
    done.click()
    expect(box).to_have_count(0, timeout=LIVE_MS)


def first_step(somebody: Visitor, email: str, path: str = "/") -> Locator:
    """Give e-mail and password; return the field for the code."""
    somebody.allow(*DECLINED)
    somebody.page.goto(f"/le{path}")
    somebody.page.locator("#email").fill(email)
    somebody.page.locator("#password").fill(FIRST_PASSWORD)
    somebody.page.locator("form button[type=submit]").click()
    field = somebody.page.locator("#code")
    expect(field).to_be_focused(timeout=LIVE_MS)
    return field


def sign_out(somebody: Visitor) -> None:
    """Leave by the user's menu, when nothing is under way that would be refused then."""
    somebody.settle()
    page = somebody.page
    page.get_by_role("banner").get_by_role("button").last.click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.locator("#password")).to_be_visible()


def test_set_up_then_sign_in_by_code_by_recovery_code_and_switch_off(
    visitor: Callable[..., Visitor], unit: Unit, tmp_path: Path
) -> None:
    email = unit.officer("asha")
    officer = visitor()
    page = officer.page
    officer.sign_in("le", email, FIRST_PASSWORD, path="/settings/second-step")
    main(page).get_by_role("button", name="Set up an authenticator app").click()
    dialog = page.get_by_role("dialog")
    phone = phone_of(page)
    officer.settle()
    assert officer.axe() == []

    officer.allow("answer: 422 POST /api/v1/auth/mfa/confirm/")
    field = dialog.get_by_label("Six-digit code")
    field.fill(phone.wrong())
    expect(dialog.get_by_text("This is not the code that the app shows now")).to_be_visible()
    expect(field).to_have_value("")
    field.fill(phone.code())
    codes = recovery_codes(page)
    officer.settle()
    assert officer.axe() == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Save as text").click()
    download.value.save_as(tmp_path / "codes.txt")
    kept = (tmp_path / "codes.txt").read_text()
    assert email in kept
    assert re.findall(r"(?m)^ ?\d+\. (\S+)$", kept) == codes
    keep(page)
    expect(main(page).get_by_text("10 of 10 left")).to_be_visible()

    sign_out(officer)
    field = first_step(officer, email)
    field.fill(phone.wrong())
    expect(page.get_by_role("alert")).to_contain_text("This code is not right")
    expect(field).to_be_focused()
    field.fill(phone.code())
    expect(main(page).get_by_role("heading", level=1)).to_be_visible(timeout=LIVE_MS)

    sign_out(officer)
    first_step(officer, email, "/settings/second-step")
    page.get_by_role("button", name="Use a recovery code").click()
    page.get_by_label("Recovery code").fill(codes[3])
    page.keyboard.press("Enter")
    expect(main(page).get_by_text("9 of 10 left")).to_be_visible(timeout=LIVE_MS)

    main(page).get_by_role("button", name="Switch off").click()
    dialog.get_by_role("button", name="Switch off").click()
    expect(main(page).get_by_text("Your password alone signs you in")).to_be_visible(timeout=LIVE_MS)
    sign_out(officer)
    officer.sign_in("le", email, FIRST_PASSWORD)


def test_who_must_sets_it_up_and_goes_on_where_they_wanted_to_be(visitor: Callable[..., Visitor], unit: Unit) -> None:
    email = unit.officer("ravi")
    officer = visitor()
    page = officer.page
    officer.sign_in("le", email, FIRST_PASSWORD, path="/catalog")
    expect(main(page)).to_be_visible()

    # The demand reaches the session that is open, with the next thing that is asked for at the latest.
    officer.allow("answer: 403 ")
    unit.demand(second_factor=True)
    gate = page.get_by_role("heading", level=1, name="Set up your second step")
    page.get_by_role("link", name="Templates").or_(gate).first.click()
    expect(gate).to_be_visible(timeout=LIVE_MS)
    expect(page.get_by_role("navigation")).to_have_count(0)
    wanted = page.url

    page.get_by_role("button", name="Begin").click()
    phone = phone_of(page)
    page.get_by_label("Six-digit code").fill(phone.code())
    recovery_codes(page)
    keep(page)
    expect(main(page).get_by_role("heading", level=1, name=re.compile("^(Templates|Catalog)$"))).to_be_visible()
    assert page.url == wanted

    officer.open("/le/settings/second-step")
    expect(main(page).get_by_text("Your organisation demands a second step")).to_be_visible()
    expect(main(page).get_by_role("button", name="Switch off")).to_have_count(0)

    # The next sign-in asks for a code; a colleague who has no app comes no further than to the gate, and out again.
    sign_out(officer)
    first_step(officer, email, "/templates").fill(phone.code())
    expect(main(page).get_by_role("heading", level=1, name="Templates")).to_be_visible(timeout=LIVE_MS)
    colleague = visitor()
    colleague.sign_in("le", unit.officer("meera"), FIRST_PASSWORD, path="/settings/profile")
    expect(colleague.page.get_by_role("heading", level=1, name="Set up your second step")).to_be_visible()
    colleague.page.get_by_role("button", name="Sign out").click()
    expect(colleague.page.locator("#password")).to_be_visible()

    unit.demand(second_factor=False)
    colleague.sign_in("le", f"meera@{unit.tenant['code'].lower()}.example", FIRST_PASSWORD, path="/settings/profile")
    expect(main(colleague.page)).to_be_visible()


@pytest.mark.parametrize("language", get_args(Language))
def test_every_step_is_for_everybody(visitor: Callable[..., Visitor], unit: Unit, language: Language) -> None:
    unit.demand(second_factor=True)
    email = unit.officer("kiran")
    somebody = visitor(language=language)
    page = somebody.page
    wrong: list[str] = []

    def look(where: str) -> None:
        found = untranslated(somebody.texts(), language)
        for scheme, width in LOOKS:
            somebody.look(scheme, width)
            found += [f"{scheme} {width}: {line}" for line in (*somebody.axe(), *somebody.overflow())]
        wrong.extend(f"{where}: {line}" for line in found)

    somebody.sign_in("le", email, FIRST_PASSWORD)
    look("gate")
    page.locator("main button").click()
    phone = phone_of(page)
    look("app")
    somebody.allow("answer: 422 POST /api/v1/auth/mfa/confirm/", *DECLINED)
    for _ in range(2):
        page.locator("#first-code").fill(phone.wrong())
        expect(page.locator("#first-code")).to_have_value("")
        expect(page.get_by_role("alert")).to_be_visible()
    look("wrong code")
    page.locator("#first-code").fill(phone.code())
    recovery_codes(page)
    look("recovery codes")
    keep(page)
    somebody.open("/le/settings/second-step")
    look("settings")

    # A fresh browser, as a sign-out is named in another language here.
    other = somebody = visitor(language=language)
    page = other.page
    field = first_step(other, email)
    look("second step")
    for _ in range(2):
        field.fill(phone.wrong())
        expect(field).to_have_value("")
        expect(page.get_by_role("alert")).to_be_visible()
    look("second step, wrong code")
    field.fill(phone.code())
    expect(main(page)).to_be_visible(timeout=LIVE_MS)
    if wrong:
        pytest.fail(report(wrong), pytrace=False)
