"""Notifications as e-mail: one to a person and notification, with a Message-ID that a retry repeats.

A mail carries the title, one sentence, and a link: the request's number and the names of the two sides, nothing of
the case. The row stays locked while the relay takes the mail, so two workers never send the same one at a time.
"""

from __future__ import annotations

import functools
import logging
from uuid import UUID

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from sqlalchemy import text

from lers_web.config import Settings
from lers_web.domains.identity import directory
from lers_web.domains.notifications import service
from lers_web.domains.notifications.models import Notification
from lers_web.kernel import clock
from lers_web.kernel.actor import Source, system_actor
from lers_web.kernel.errors import Unavailable
from lers_web.kernel.mail import Mail
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import unit_of_work

LOG = logging.getLogger(__name__)

_FRAME = {
    "en": {
        "greeting": "Hello {name},",
        "open": "Open in LERS",
        "footer": "LERS sent this because you take part. It never asks for your password by e-mail. "
        "You can turn these mails off in your profile.",
    },
    "hi": {
        "greeting": "नमस्ते {name},",
        "open": "LERS में खोलें",
        "footer": "आप इसमें सहभागी हैं, इसलिए LERS ने यह भेजा है। LERS ई-मेल से कभी पासवर्ड नहीं माँगता। "
        "इन ई-मेलों को आप अपनी प्रोफ़ाइल में बंद कर सकते हैं।",
    },
}


@functools.cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("lers_web.domains.notifications"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def compose(settings: Settings, notification: Notification, to: directory.Addressee) -> Mail:
    """Write the mail of a notification, in the language that it was made in."""
    language = notification.metadata_.get("language", "en")
    frame = _FRAME.get(language, _FRAME["en"])
    values = {
        "language": language if language in _FRAME else "en",
        "greeting": frame["greeting"].format(name=to.name),
        "title": notification.title,
        "message": notification.message,
        "url": settings.base_url.rstrip("/") + (notification.link or "/"),
        "open": frame["open"],
        "footer": frame["footer"],
    }
    return Mail(
        key=f"notification.{notification.id}",
        to=to.email,
        subject=f"[LERS] {notification.title}",
        text=_templates().get_template("notification.txt").render(values),
        html=_templates().get_template("notification.html").render(values),
    )


def deliver(backend: Backend, notification_id: UUID, tenant_id: UUID, *, source: Source | None = None) -> bool:
    """Mail one notification unless that has happened; say whether it did now.

    Raise ``Unavailable`` when the mail relay is down: the notification stays unsent, and the sweep comes back to it.
    """
    with unit_of_work(backend, system_actor(tenant_id, source)) as uow:
        notification = service.load_for_mail(uow, notification_id)
        if notification is None:
            return False
        people = {person.id: person for person in directory.addressees(uow)}
        addressee = people.get(notification.user_id)
        if addressee is None:
            notification.email_wanted = False  # deactivated meanwhile
            return False
        uow.ports.mailer.send(compose(uow.ports.settings, notification, addressee))
        notification.email_sent = True
        notification.email_sent_at = clock.now()
    return True


def deliver_waiting(backend: Backend, *, limit: int = 200) -> dict[str, int]:
    """Mail what is still unsent, oldest first, until the relay is down again."""
    with unit_of_work(backend, system_actor()) as uow:
        waiting = uow.session.execute(
            text("SELECT notification_id, tenant_id FROM app.unmailed_notifications(:n)"), {"n": limit}
        ).all()
    counts = {"waiting": len(waiting), "sent": 0}
    for notification_id, tenant_id in waiting:
        try:
            counts["sent"] += deliver(backend, notification_id, tenant_id)
        except Unavailable as error:
            LOG.warning("notifications wait for the mail relay: %s", error.detail)
            break
    return counts
