"""The officer's and the approver's part without a mouse: from signing in to the response that is accepted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.people import PASSWORD, Person
from tests.portal import steps
from tests.portal.keyboard import Keyboard
from tests.portal.test_life_cycle import DSP, NODAL, OFFICER, SHO
from tests.portal.visitor import Visitor

NAMES = {SHO: "Sunita Pawar", DSP: "Rajesh Patil"}

People = Callable[[str], Person]


def sign_in(visitor: Visitor, email: str, path: str = "/") -> Keyboard:
    """Sign in at the law enforcement portal by keyboard; return the keys."""
    page, keys = visitor.page, Keyboard(visitor.page)
    page.goto(f"/le{path}")
    keys.fill(page.locator("input[type=email]"), email)
    keys.fill(page.locator("input[type=password]"), PASSWORD)
    keys.press("Enter")
    expect(page.locator("input[type=password]")).to_have_count(0)
    visitor.settle()
    return keys


@pytest.mark.timeout(420)
def test_a_request_and_its_review_without_a_mouse(visitor: Callable[..., Visitor], person: People) -> None:
    officer, sho, dsp = (visitor() for _ in range(3))
    keys = sign_in(officer, OFFICER)
    request_id = draft(officer, keys)
    approve(sho, SHO, request_id, "Approve")
    approve(dsp, DSP, request_id, "Approve and sign", with_key=True)
    answer(person(NODAL), request_id)
    review(officer, keys, person(OFFICER), request_id)


def draft(officer: Visitor, keys: Keyboard) -> str:
    """Write a request from the dashboard on, and send it for approval; return its id."""
    page, screen = officer.page, steps.main(officer.page)
    keys.press("c")
    expect(screen.get_by_role("heading", name="New request", level=1)).to_be_visible()
    officer.settle()
    keys.press("/")
    page.keyboard.type("CDR by MSISDN")
    keys.use(screen.get_by_role("link", name="CDR by MSISDN"))
    keys.use(screen.get_by_role("button", name="Start the draft"))
    keys.fill(screen.get_by_label("Case reference"), "Cr. No. 78/2026")
    keys.fill(screen.get_by_label("What you ask for, and why"), "Threats by telephone; the caller is to be found.")
    keys.press("Control+Enter")
    keys.fill(screen.get_by_label("Mobile number"), "98200 00003")
    keys.use(screen.get_by_role("button", name="Add to the list"))
    expect(screen.get_by_text("1 identifier in the list")).to_be_visible()
    keys.press("Control+Enter")
    keys.use(screen.get_by_role("button", name="Last 30 days"))
    keys.press("Control+Enter")
    keys.fill(screen.get_by_label("Number of the order"), "CC/1235/2026")
    keys.go_to(screen.get_by_role("button", name="Choose the mandate"))
    with page.expect_file_chooser() as chooser:
        keys.press("Enter")
    chooser.value.set_files(steps.mandate())
    expect(screen.get_by_text("Clean", exact=True)).to_be_visible(timeout=steps.SCAN_MS)
    keys.press("Control+Enter")
    expect(screen.get_by_text("order.pdf")).to_be_visible()
    expect(screen.get_by_role("button", name="Send for approval")).to_be_visible()
    keys.press("Control+Enter")
    expect(screen.get_by_role("heading", name="Sent for approval")).to_be_visible(timeout=steps.LIVE_MS)
    found = re.search(r"/requests/([0-9a-f-]{36})", page.url)
    assert found, page.url
    return found[1]


def approve(visitor: Visitor, email: str, request_id: str, words: str, *, with_key: bool = False) -> None:
    """Find the request in the inbox, read it, and approve it: with a key that is made here, or without one."""
    page, screen = visitor.page, steps.main(visitor.page)
    keys = sign_in(visitor, email)
    keys.press("g", "a")
    page.wait_for_url(re.compile("/approvals/."))
    visitor.settle()
    seen: list[str] = []
    while request_id not in page.url:
        assert page.url not in seen, f"j came back to {page.url} without {request_id}"
        seen.append(page.url)
        keys.press("j")
        visitor.settle()
    if with_key:
        create_a_key(visitor, keys)
    button = screen.get_by_role("button", name=re.compile(rf"^{words}( [A-Z])?$"))
    expect(button).to_be_enabled(timeout=steps.LIVE_MS)
    # The letter only leads to the button: no stray key puts a name under anything.
    keys.press("a")
    expect(button).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_text(f"given by {NAMES[email]}")).to_be_visible(timeout=steps.LIVE_MS)
    expect(page.get_by_text("Valid", exact=True).first).to_be_visible(timeout=steps.LIVE_MS)


def create_a_key(visitor: Visitor, keys: Keyboard) -> None:
    """Make a signing key in this browser, without a backup."""
    screen = steps.main(visitor.page)
    keys.use(screen.get_by_role("button", name="Create a signing key"))
    keys.choose(screen.get_by_role("radio", name="No backup"))
    keys.use(screen.get_by_role("button", name="Create the key"))
    done = screen.get_by_role("button", name="Done")
    done.or_(screen.get_by_role("button", name="Approve and sign")).first.wait_for(timeout=steps.LIVE_MS)
    if done.is_visible():
        keys.use(done)


def answer(nodal: Person, request_id: str) -> None:
    """Do the provider's part, by the API."""
    nodal.act(request_id, "acknowledge")
    nodal.act(request_id, "start")
    identifiers = nodal.get(f"/lers/requests/{request_id}/")["identifiers"]
    records = nodal.upload_clean("cdr.csv", steps.records()["buffer"], "text/csv", "RESPONSE", request_id)
    response = {
        "request_id": request_id,
        "response_text": "Two calls. Times are Indian time.",
        "file_ids": [records],
        "outcomes": [{"identifier_id": each["id"], "outcome": "DISCLOSED"} for each in identifiers],
        "is_partial": False,
    }
    nodal.post("/lers/responses/", response, expect=201)
    nodal.act(request_id, "complete")


def review(officer: Visitor, keys: Keyboard, io: Person, request_id: str) -> None:
    """Find the response among those that wait, verify, accept and rate it."""
    page, screen = officer.page, steps.main(officer.page)
    [response] = io.get(f"/lers/requests/{request_id}/responses/")["items"]
    keys.press("g", "v")
    expect(screen.get_by_role("heading", name="Responses", level=1)).to_be_visible()
    row = screen.get_by_role("row").filter(has_text=response["response_number"])
    expect(row).to_be_visible(timeout=steps.LIVE_MS)
    officer.settle()
    keys.go_to(row, "j")
    keys.press("Enter")
    page.wait_for_url(f"**/responses/{response['id']}")
    officer.settle()
    keys.press("v")
    expect(screen.get_by_text("Everything is as it was sealed").first).to_be_visible(timeout=steps.LIVE_MS)
    keys.press("a")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_text("this browser and the server found every byte")).to_be_visible(timeout=steps.LIVE_MS)
    keys.choose(dialog.get_by_role("radio", name="Excellent"))
    keys.fill(dialog.get_by_label("Comment on the rating"), "Fast and whole.")
    keys.press("Control+Enter")
    page.wait_for_url("**/receipt")  # the rating is kept by then, too
    [accepted] = io.get(f"/lers/requests/{request_id}/responses/")["items"]
    assert (accepted["status"], accepted["rating"]) == ("ACCEPTED", 5)
