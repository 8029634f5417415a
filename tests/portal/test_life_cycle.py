"""The life of a request in four windows: an officer, two approvers and a provider, each in a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.people import Person
from tests.portal import steps
from tests.portal.visitor import Visitor

OFFICER = "io@cyber-mumbai.example"
SHO = "sho@cyber-mumbai.example"
DSP = "dsp@cyber-mumbai.example"
NODAL = "nodal@bharat-telecom.example"


def test_the_whole_life_by_mouse(visitor: Callable[..., Visitor], person: Callable[[str], Person]) -> None:
    officer, sho, dsp, nodal = (visitor() for _ in range(4))
    officer.sign_in("le", OFFICER, path="/requests/new")
    request_id = steps.draft_a_request(officer.page)

    # The first approver has no key: the server's seal stands alone. The second signs with a key of this browser.
    sho.sign_in("le", SHO, path=f"/approvals/{request_id}")
    steps.approve(sho.page)
    expect(sho.page.get_by_text("given by Sunita Pawar")).to_be_visible(timeout=steps.LIVE_MS)
    dsp.sign_in("le", DSP, path=f"/approvals/{request_id}")
    steps.create_a_key(dsp.page)
    steps.approve(dsp.page, "Approve and sign")
    expect(dsp.page.get_by_text("given by Rajesh Patil")).to_be_visible(timeout=steps.LIVE_MS)
    expect(dsp.page.get_by_text("Valid").first).to_be_visible(timeout=steps.LIVE_MS)

    # The officer's window hears of each of the provider's steps without being touched.
    officer.open(f"/le/requests/{request_id}")
    nodal.sign_in("provider", NODAL, path=f"/requests/{request_id}")
    steps.take(nodal.page, "Acknowledge")
    expect(officer.page.get_by_text("Acknowledged", exact=True).first).to_be_visible(timeout=steps.LIVE_MS)
    steps.take(nodal.page, "Start the work")
    expect(officer.page.get_by_text("In progress", exact=True).first).to_be_visible(timeout=steps.LIVE_MS)

    talk(officer, nodal)

    nodal.open(f"/provider/requests/{request_id}/respond")
    steps.answer_the_request(nodal.page)
    nodal.page.get_by_role("button", name=re.compile("^Send( Ctrl|$)")).click()
    expect(nodal.page.get_by_text(re.compile(r"LERS-.*-R1")).first).to_be_visible(timeout=steps.LIVE_MS)
    expect(officer.page.get_by_text("Response uploaded", exact=True).first).to_be_visible(timeout=steps.LIVE_MS)
    nodal.open(f"/provider/requests/{request_id}")
    steps.take(nodal.page, "Complete")
    expect(officer.page.get_by_text("Completed", exact=True).first).to_be_visible(timeout=steps.LIVE_MS)

    [response] = person(OFFICER).get(f"/lers/requests/{request_id}/responses/")["items"]
    officer.open(f"/le/responses/{response['id']}")
    accept = officer.page.get_by_role("button", name=re.compile("^Accept")).first
    expect(accept).to_be_enabled(timeout=steps.LIVE_MS)
    accept.click()
    dialog = officer.page.get_by_role("dialog")
    expect(dialog.get_by_text("this browser and the server found every byte")).to_be_visible(timeout=steps.LIVE_MS)
    dialog.get_by_title("Excellent").click()
    dialog.get_by_role("button", name="Accept").click()
    # The receipt comes once the rating is kept, too.
    officer.page.wait_for_url("**/receipt")
    expect(officer.page.get_by_role("heading", name="Receipt")).to_be_visible(timeout=steps.LIVE_MS)

    [accepted] = person(OFFICER).get(f"/lers/requests/{request_id}/responses/")["items"]
    assert (accepted["status"], accepted["rating"]) == ("ACCEPTED", 5)
    given = person(OFFICER).get(f"/lers/requests/{request_id}/approvals/")["items"]
    assert [each["verdict"] for each in given] == ["VALID", "VALID"]
    assert sorted(each["signature"] is not None for each in given) == [False, True]


def talk(officer: Visitor, nodal: Visitor) -> None:
    """Presence, typing and messages, each seen in the other window."""
    expect(officer.page.get_by_text("Anil Mehta").first).to_be_visible(timeout=steps.LIVE_MS)
    nodal.page.get_by_role("textbox", name="Message").press_sequentially("Which tower", delay=30)
    typing = re.compile("Anil Mehta (is typing|writes)")
    expect(officer.page.get_by_text(typing)).to_be_visible(timeout=steps.LIVE_MS)
    steps.say(nodal.page, "Which tower do you mean?")
    heard = officer.page.get_by_text("Which tower do you mean?", exact=True)
    expect(heard).to_be_visible(timeout=steps.LIVE_MS)
    steps.say(officer.page, "Any in Andheri.")
    answered = nodal.page.get_by_text("Any in Andheri.", exact=True)
    expect(answered).to_be_visible(timeout=steps.LIVE_MS)
