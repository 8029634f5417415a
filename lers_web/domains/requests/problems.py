"""Everything that stands between a draft and its submission, told at once: each with its field and a plain sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lers_web.domains.authority import service as authority
from lers_web.domains.catalog import service as catalog
from lers_web.domains.files import service as files
from lers_web.domains.requests.identifier_store import Opened, open_all
from lers_web.domains.requests.identifiers import IdentifierType, find_aadhaar
from lers_web.domains.requests.models import Request, RequestIdentifier
from lers_web.domains.requests.people import active_provider
from lers_web.domains.requests.states import TERMINAL, MandateType, RequestType
from lers_web.domains.requests.terms import Terms, terms_of
from lers_web.kernel import clock
from lers_web.kernel.uow import UnitOfWork

Problem = dict[str, str]

LONGEST_USUAL_PERIOD = dt.timedelta(days=366)
INDIA = ZoneInfo("Asia/Kolkata")
BNSS_IN_FORCE = dt.date(2024, 7, 1)
# A mandate that stands above what an item asks for satisfies it.
STRONGER = frozenset({MandateType.COURT_ORDER, MandateType.SEARCH_WARRANT, MandateType.EMERGENCY, MandateType.MLAT})
MANDATE_PURPOSE = "MANDATE"


@dataclass(slots=True)
class Findings:
    """What was found: problems keep a draft from being sent, warnings do not; and the route that approval will take."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    route: list[dict[str, Any]] = field(default_factory=list)

    def problem(self, name: str, code: str, message: str) -> None:
        self.problems.append({"field": name, "code": code, "message": message})

    def warn(self, name: str, code: str, message: str) -> None:
        self.warnings.append({"field": name, "code": code, "message": message})

    def errors(self) -> dict[str, list[str]]:
        """Return the problems in the shape of a 422."""
        out: dict[str, list[str]] = {}
        for each in self.problems:
            out.setdefault(each["field"], []).append(each["message"])
        return out


def examine(uow: UnitOfWork, request: Request) -> Findings:
    """Look at a draft from every side."""
    found = Findings()
    terms = terms_of(uow, request.catalog_item_id, request.catalog_item_version)
    identifiers = open_all(uow, request)
    _catalog_item(uow, request, found)
    if active_provider(uow, request.provider_tenant_id) is None:
        found.problem("provider_tenant_id", "provider_inactive", "This provider takes no requests at present.")
    _identifiers(request, terms, identifiers, found)
    _answers(request, terms, identifiers, found)
    _period(request, terms, found)
    _mandate(uow, request, terms, found)
    _free_text(request, found)
    _authority(uow, request, found)
    _duplicates(uow, request, found)
    return found


def _catalog_item(uow: UnitOfWork, request: Request, found: Findings) -> None:
    if request.catalog_item_id is None:
        if not request.description:
            found.problem(
                "description", "description_missing",
                "Without a catalog item the provider knows only what you write: describe what you ask for.",
            )  # fmt: skip
        return
    item = catalog.current_item(uow, request.catalog_item_id)
    if item is None or not item["is_active"]:
        found.problem(
            "catalog_item_id", "catalog_item_inactive", "The provider no longer offers this item: choose another one."
        )
    elif item["version"] != request.catalog_item_version:
        found.warn(
            "catalog_item_id", "catalog_item_changed",
            "The provider has changed this item since you chose it. The request keeps the terms it began with; "
            "choose the item again to take the new ones.",
        )  # fmt: skip


# --- identifiers ---------------------------------------------------------------------------------------------------


def _identifiers(request: Request, terms: Terms, identifiers: Sequence[Opened], found: Findings) -> None:
    for item in identifiers:
        place = f"identifiers.{item.position}"
        for problem in item.problems:
            found.problem(f"{place}.{problem['field']}", problem["code"], problem["message"])
        if not terms.takes_any_identifier and item.type not in terms.identifier_types:
            found.problem(
                f"{place}.type", "identifier_type_not_taken",
                f"This item is asked for by {_any_of(sorted(terms.identifier_types))}, not by {item.type}.",
            )  # fmt: skip
        if item.type == IdentifierType.AADHAAR and request.legal_mandate_type != MandateType.COURT_ORDER:
            found.problem(
                f"{place}.type", "aadhaar_needs_court_order",
                "Aadhaar may be asked about only on the order of a court: choose COURT_ORDER as the mandate.",
            )  # fmt: skip


def _answers(request: Request, terms: Terms, identifiers: Sequence[Opened], found: Findings) -> None:
    answers = request.answers or {}
    names = set()
    for each in terms.required_fields:
        name, kind = str(each["name"]), each.get("kind")
        names.add(name)
        if kind == "IDENTIFIER":
            _identifier_field(each, identifiers, found)
        elif kind == "PERIOD":
            _period_field(request, each, answers.get(name), found)
        else:
            _answer(each, answers.get(name), found)
    for unknown in sorted(set(answers) - names):
        if terms.from_catalog:
            found.problem(
                f"answers.{unknown[:60]}", "answer_unknown", "The provider does not ask for this here: remove it."
            )


def _period_field(request: Request, each: Mapping[str, Any], value: Any, found: Findings) -> None:
    """Take the request's own period; one given as the answer too must be the same."""
    own = (request.date_range_from, request.date_range_to)
    if each.get("required") and None in own:
        found.problem(
            "date_range_from", "period_missing", f"{_label(each)}: give the period with its first and last day."
        )
    elif isinstance(value, Mapping) and (value.get("from"), value.get("to")) != tuple(str(day) for day in own):
        found.problem(
            f"answers.{each['name']}", "period_differs",
            f"{_label(each)}: this is not the period of the request. Give one period.",
        )  # fmt: skip


def _identifier_field(each: Mapping[str, Any], identifiers: Sequence[Opened], found: Findings) -> None:
    taken = set(each.get("identifier_types") or ())
    if each.get("required") and not any(not taken or item.type in taken for item in identifiers):
        wanted = _any_of(sorted(taken)) if taken else "an identifier"
        found.problem("identifiers", "identifier_missing", f"{_label(each)}: enter at least one ({wanted}).")


def _answer(each: Mapping[str, Any], value: Any, found: Findings) -> None:
    place, label = f"answers.{each['name']}", _label(each)
    if value is None or value == "":
        if each.get("required"):
            found.problem(place, "answer_missing", f"{label}: this is needed.")
        return
    match each.get("kind"):
        case "NUMBER" if not _is_number(value):
            found.problem(place, "answer_not_number", f"{label}: write a number.")
        case "DATE" if not _is_date(value):
            found.problem(place, "answer_not_date", f"{label}: write a day like 2026-10-01.")
        case "CHOICE" if value not in _choices(each):
            found.problem(place, "answer_not_choice", f"{label}: choose one of {', '.join(map(str, _choices(each)))}.")
        case "TEXT" if not isinstance(value, str):
            found.problem(place, "answer_not_text", f"{label}: write text.")


def _choices(each: Mapping[str, Any]) -> list[Any]:
    return [choice.get("value") if isinstance(choice, Mapping) else choice for choice in each.get("choices") or ()]


def _is_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def _is_date(value: Any) -> bool:
    try:
        dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


# --- period, mandate, text -----------------------------------------------------------------------------------------


def _period(request: Request, terms: Terms, found: Findings) -> None:
    start, end = request.date_range_from, request.date_range_to
    if (start is None) != (end is None):
        name = "date_range_to" if end is None else "date_range_from"
        if not any(problem["code"] == "period_missing" for problem in found.problems):
            found.problem(name, "period_incomplete", "A period has a first and a last day: give both.")
    if start is None or end is None:
        return
    if end < start:
        found.problem("date_range_to", "period_reversed", "The last day lies before the first: swap them.")
        return
    today = clock.now().astimezone(INDIA).date()
    if start > today and request.request_type != RequestType.PRESERVATION:
        found.problem("date_range_from", "period_in_future", "The period lies in the future: there is no data yet.")
    elif end > today:
        found.warn("date_range_to", "period_ends_in_future", "The period ends in the future: you get what there is.")
    limits = [int(each["max_days"]) for each in terms.required_fields if each.get("max_days")]
    days = (end - start).days + 1
    if limits and days > min(limits):
        found.problem(
            "date_range_to", "period_too_long",
            f"The period has {days} days; the provider gives {min(limits)} at most. Shorten it or split the request.",
        )  # fmt: skip
    elif end - start > LONGEST_USUAL_PERIOD:
        found.warn(
            "date_range_to", "period_broad",
            f"The period has {days} days: providers decline what is overbroad. Ask for what the case needs.",
        )  # fmt: skip


def _mandate(uow: UnitOfWork, request: Request, terms: Terms, found: Findings) -> None:
    given, wanted = request.legal_mandate_type, terms.required_legal_mandate
    if given is None:
        found.problem("legal_mandate_type", "mandate_type_missing", "Say on what legal mandate you ask.")
    elif wanted is not None and given != wanted and given not in STRONGER:
        found.problem(
            "legal_mandate_type", "mandate_type_insufficient", f"This item is given out on {wanted}, not on {given}."
        )
    if given in (MandateType.CRPC_91, MandateType.CRPC_92):
        found.warn(
            "legal_mandate_type", "mandate_type_outdated",
            f"The CrPC holds for matters before {BNSS_IN_FORCE:%d.%m.%Y} only; since then it is the BNSS.",
        )  # fmt: skip
    if terms.requires_court_order and not request.court_order_number:
        found.problem("court_order_number", "court_order_missing", "The provider needs the number of the court order.")
    elif given == MandateType.COURT_ORDER and not request.court_order_number:
        found.warn("court_order_number", "court_order_missing", "Name the court order that you rely on.")
    _mandate_file(uow, request, terms, found)


def _mandate_file(uow: UnitOfWork, request: Request, terms: Terms, found: Findings) -> None:
    file_id = request.legal_mandate_file_id
    if file_id is None:
        if terms.requires_mandate_file and request.legal_mandate_type != MandateType.EMERGENCY:
            found.problem("legal_mandate_file_id", "mandate_file_missing", "Attach the signed mandate as a file.")
        return
    known = files.facts(uow, [file_id])
    sentences = files.usable_problems(known, [file_id], [MANDATE_PURPOSE], request.agency_tenant_id)
    unclean = file_id in known and not known[file_id].usable
    for sentence in sentences:
        found.problem("legal_mandate_file_id", "file_not_clean" if unclean else "mandate_file_unusable", sentence)


def _free_text(request: Request, found: Findings) -> None:
    texts = {
        "description": request.description,
        "notes": request.notes,
        "case_reference": request.case_reference,
        "court_order_number": request.court_order_number,
        **{f"answers.{name}": value for name, value in (request.answers or {}).items() if isinstance(value, str)},
    }
    for name, text in texts.items():
        if text and find_aadhaar(text):
            found.warn(
                name, "aadhaar_in_text",
                "This seems to hold an Aadhaar number. Take it out: it belongs nowhere but in an AADHAAR identifier.",
            )  # fmt: skip


# --- authority, duplicates -----------------------------------------------------------------------------------------


def _authority(uow: UnitOfWork, request: Request, found: Findings) -> None:
    found.route = authority.route_for(
        uow, request.agency_tenant_id, request.request_type, request.legal_mandate_type, request.priority
    )
    lacking = authority.first_level_nobody_fills(
        uow,
        request.agency_tenant_id,
        found.route,
        request_type=request.request_type,
        creator_id=request.created_by_id,
    )
    if lacking is not None:
        found.warn(
            "approval_route", "approver_missing",
            f"Level {lacking['level']} needs {lacking['min_rank']} or above, and your unit has nobody else who can "
            "give it: ask your tenant admin for an approver or a delegation.",
        )  # fmt: skip


def _duplicates(uow: UnitOfWork, request: Request, found: Findings) -> None:
    """Warn of a request on its way that asks the same provider about the same: providers answer one of them."""
    mine = select(RequestIdentifier.index_agency).where(RequestIdentifier.request_id == request.id).scalar_subquery()
    twin = uow.session.scalar(
        select(RequestIdentifier.position)
        .join(Request, Request.id == RequestIdentifier.request_id)
        .where(
            RequestIdentifier.agency_tenant_id == request.agency_tenant_id,
            RequestIdentifier.index_agency.in_(mine),
            RequestIdentifier.request_id != request.id,
            Request.agency_tenant_id == request.agency_tenant_id,
            Request.provider_tenant_id == request.provider_tenant_id,
            Request.request_type == request.request_type,
            Request.status.not_in([*TERMINAL, "DRAFT"]),
            ~Request.is_deleted,
        )
        .limit(1)
    )
    if twin is not None:
        found.warn(
            "identifiers", "duplicate_request",
            "Your unit has a request on its way that asks this provider for the same about one of these identifiers.",
        )  # fmt: skip


def _label(each: Mapping[str, Any]) -> str:
    label = each.get("label")
    if isinstance(label, Mapping) and label.get("en"):
        return str(label["en"])
    return str(each["name"])


def _any_of(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
