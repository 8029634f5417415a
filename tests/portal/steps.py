"""What people do on the screens, one function a step: the walks are made of these."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests import samples

NUMBER = re.compile(r"LERS-\d{4}-[A-Z]+-\d{6}")
LIVE_MS = 10_000  # how soon the other window must know
SCAN_MS = 60_000


def mandate() -> Any:
    """A signed order, as a file that a browser chooses."""
    return {"name": "order.pdf", "mimeType": "application/pdf", "buffer": samples.pdf_mandate()}


def records() -> Any:
    """Call records, as a file that a browser chooses."""
    rows = "number,when,seconds\n+919820000001,2026-09-02 10:00,61\n+919820000001,2026-09-03 11:30,12\n"
    return {"name": "cdr.csv", "mimeType": "text/csv", "buffer": rows.encode()}


def main(page: Page) -> Locator:
    """The screen without its frame."""
    return page.locator("#main")


def draft_a_request(page: Page) -> str:
    """Lead a draft through the wizard by mouse and send it for approval; return the request's id."""
    screen = main(page)
    screen.get_by_role("link", name="CDR by MSISDN").click()
    screen.get_by_role("button", name="Start the draft").click()
    screen.get_by_label("Case reference").fill("Cr. No. 77/2026")
    screen.get_by_label("What you ask for, and why").fill("Threats by telephone; the caller is to be found.")
    screen.get_by_role("button", name="Next: Identifiers").click()
    screen.get_by_label("Mobile number").fill("12")
    screen.get_by_role("button", name="Add to the list").click()
    expect(screen.get_by_text("This is not a telephone number")).to_be_visible()
    screen.get_by_label("Mobile number").fill("98200 00001")
    screen.get_by_role("button", name="Add to the list").click()
    screen.get_by_role("button", name="Next: Period").click()
    screen.get_by_role("button", name="Last 30 days").click()
    screen.get_by_role("button", name="Next: Mandate").click()
    screen.get_by_label("Number of the order").fill("CC/1234/2026")
    screen.locator("input[type=file]").set_input_files(mandate())
    expect(screen.get_by_text("Clean", exact=True)).to_be_visible(timeout=SCAN_MS)
    screen.get_by_role("button", name="Next: Check answers").click()
    expect(screen.get_by_text("order.pdf")).to_be_visible()
    screen.get_by_role("button", name="Send for approval").click()
    expect(screen.get_by_role("heading", name="Sent for approval")).to_be_visible(timeout=LIVE_MS)
    found = re.search(r"/requests/([0-9a-f-]{36})", page.url)
    assert found, page.url
    return found[1]


def create_a_key(page: Page) -> None:
    """Make a signing key in this browser, without a backup."""
    screen = main(page)
    screen.get_by_role("button", name="Create a signing key").click()
    screen.get_by_role("radio", name="No backup").check()
    screen.get_by_role("button", name="Create the key").click()
    done = screen.get_by_role("button", name="Done")
    done.or_(screen.get_by_role("button", name="Approve and sign")).first.wait_for(timeout=LIVE_MS)
    if done.is_visible():
        done.click()


def approve(page: Page, button: str = "Approve") -> None:
    """Approve what is open in the approver's inbox."""
    main(page).get_by_role("button", name=re.compile(rf"^{button}( [A-Z])?$")).click()


def take(page: Page, step: str) -> None:
    """Take the step that the request's one big button offers, and confirm it in its dialog."""
    main(page).get_by_role("button", name=step).first.click()
    page.get_by_role("dialog").get_by_role("button", name=step).click()
    expect(page.get_by_role("dialog")).to_be_hidden(timeout=LIVE_MS)


def say(page: Page, words: str) -> None:
    """Send a message."""
    main(page).get_by_role("textbox", name="Message").fill(words)
    main(page).get_by_role("button", name="Send", exact=True).click()


def answer_the_request(page: Page) -> None:
    """Fill in a response with one file, check it and send it."""
    screen = main(page)
    screen.get_by_role("button", name="All disclosed").click()
    screen.locator("input[type=file]").first.set_input_files(records())
    expect(screen.get_by_text("Clean", exact=True)).to_be_visible(timeout=SCAN_MS)
    screen.get_by_label("Text", exact=True).fill("Two calls. Times are Indian time.")
    screen.get_by_role("button", name="Check and send").click()
