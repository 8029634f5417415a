"""The types of notification as data: how each looks, how urgent it is, whether it is mailed, and what it says.

Texts hold the request's number and the names of tenants, never a word of the case: they travel by e-mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LANGUAGES = ("en", "hi")


class NotificationType(StrEnum):
    """What a notification is about (contract, section 4)."""

    APPROVAL_REQUESTED = "APPROVAL_REQUESTED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    NEW_REQUEST = "NEW_REQUEST"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    IN_PROGRESS = "IN_PROGRESS"
    INFO_REQUESTED = "INFO_REQUESTED"
    NEW_MESSAGE = "NEW_MESSAGE"
    RESPONSE_RECEIVED = "RESPONSE_RECEIVED"
    RESPONSE_ACCEPTED = "RESPONSE_ACCEPTED"
    RESPONSE_REJECTED = "RESPONSE_REJECTED"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"
    SLA_WARNING = "SLA_WARNING"
    SLA_BREACHED = "SLA_BREACHED"
    SLA_ESCALATED = "SLA_ESCALATED"
    FILE_INFECTED = "FILE_INFECTED"
    SECURITY = "SECURITY"


@dataclass(frozen=True, slots=True)
class Text:
    """Title and message in one language. Fields: ``number``, ``agency``, ``provider``, ``left``."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The same in every language."""

    en: Text
    hi: Text

    def in_language(self, language: str) -> Text:
        """Return the text in a person's language; English for one that we do not speak."""
        return self.hi if language == "hi" else self.en


@dataclass(frozen=True, slots=True)
class Kind:
    """How a type is shown and sent. ``variants`` are other words for special causes of the same type."""

    icon: str
    wording: Wording
    priority: str = "NORMAL"
    mail: bool = True
    variants: Mapping[str, Wording] | None = None

    def words(self, variant: str | None) -> Wording:
        """Return the words for a cause."""
        return self.wording if variant is None else (self.variants or {})[variant]


def _words(en_title: str, en: str, hi_title: str, hi: str) -> Wording:
    return Wording(Text(en_title, en), Text(hi_title, hi))


SECOND_FACTOR: Mapping[str, Wording] = {
    "mfa_enrolled": _words(
        "An authenticator app was set up",
        "Every sign-in of yours asks for its code from now on. If it was not you, tell your administrator at once.",
        "प्रमाणक ऐप सेट किया गया",
        "अब से आपके हर साइन-इन पर उसका कोड माँगा जाएगा। यदि यह आप नहीं थे तो तुरंत अपने प्रशासक को बताएँ।",
    ),
    "mfa_removed": _words(
        "Your second factor was removed",
        "Your password alone signs you in again. If it was not you, tell your administrator at once.",
        "आपका दूसरा सत्यापन हटाया गया",
        "अब केवल पासवर्ड से साइन-इन होगा। यदि यह आप नहीं थे तो तुरंत अपने प्रशासक को बताएँ।",
    ),
    "mfa_reset": _words(
        "Your second factor was reset",
        "An operator removed your authenticator app and ended your sessions. If you did not ask for it, say so.",
        "आपका दूसरा सत्यापन रीसेट किया गया",
        "एक संचालक ने आपका प्रमाणक ऐप हटाया और आपके सत्र समाप्त किए। यदि आपने नहीं कहा था तो तुरंत बताएँ।",
    ),
    "mfa_codes_renewed": _words(
        "You have new recovery codes",
        "The old ones are dead. If it was not you, tell your administrator at once.",
        "आपके नए रिकवरी कोड बने",
        "पुराने कोड अब काम नहीं करेंगे। यदि यह आप नहीं थे तो तुरंत अपने प्रशासक को बताएँ।",
    ),
    "mfa_recovery_code_used": _words(
        "A recovery code was used: {left} left",
        "Somebody signed in to your account with one of your recovery codes; {left} are left. Make new ones when few"
        " are left. If it was not you, tell your administrator at once.",
        "रिकवरी कोड का उपयोग हुआ: {left} शेष",
        "आपके एक रिकवरी कोड से आपके खाते में साइन-इन हुआ; {left} शेष हैं। कम बचने पर नए बनाएँ।"
        " यदि यह आप नहीं थे तो तुरंत अपने प्रशासक को बताएँ।",
    ),
    "mfa_guessed": _words(
        "Somebody may know your password",
        "The right password came with wrong codes several times, so the sign-in was locked for a while. If it was not"
        " you, change your password.",
        "किसी को आपका पासवर्ड पता हो सकता है",
        "सही पासवर्ड के साथ कई बार गलत कोड आए, इसलिए साइन-इन कुछ समय के लिए बंद है। यदि यह आप नहीं थे तो पासवर्ड बदलें।",
    ),
}
"""Variants of SECURITY: what a person hears of their second factor."""

T = NotificationType
KINDS: Mapping[NotificationType, Kind] = {
    T.APPROVAL_REQUESTED: Kind(
        "clipboard-check",
        _words(
            "Approval requested: {number}",
            "Request {number} to {provider} waits for your approval.",
            "स्वीकृति अपेक्षित: {number}",
            "{provider} के लिए अनुरोध {number} आपकी स्वीकृति की प्रतीक्षा में है।",
        ),
        priority="URGENT",
    ),
    T.CHANGES_REQUESTED: Kind(
        "edit",
        _words(
            "Changes requested: {number}",
            "Your approver asks for changes to request {number}. It is a draft again.",
            "बदलाव अपेक्षित: {number}",
            "स्वीकृतिकर्ता ने अनुरोध {number} में बदलाव माँगे हैं। यह फिर से मसौदा है।",
        ),
    ),
    T.APPROVED: Kind(
        "check-circle",
        _words(
            "Approved: {number}",
            "Request {number} to {provider} was approved.",
            "स्वीकृत: {number}",
            "{provider} के लिए अनुरोध {number} स्वीकृत हुआ।",
        ),
    ),
    T.REJECTED: Kind(
        "x-circle",
        _words(
            "Rejected: {number}",
            "Request {number} was rejected by your approver.",
            "अस्वीकृत: {number}",
            "अनुरोध {number} आपके स्वीकृतिकर्ता ने अस्वीकार किया।",
        ),
        priority="URGENT",
        variants={
            "declined": _words(
                "Declined by {provider}: {number}",
                "{provider} declined request {number}. The reason is shown in the request.",
                "{provider} ने अस्वीकार किया: {number}",
                "{provider} ने अनुरोध {number} अस्वीकार किया। कारण अनुरोध में दिखाया गया है।",
            )
        },
    ),
    T.NEW_REQUEST: Kind(
        "inbox",
        _words(
            "New request: {number}",
            "{agency} sent you request {number}.",
            "नया अनुरोध: {number}",
            "{agency} ने आपको अनुरोध {number} भेजा है।",
        ),
        priority="URGENT",
        variants={
            "assigned": _words(
                "Assigned to you: {number}",
                "Request {number} of {agency} was assigned to you.",
                "आपको सौंपा गया: {number}",
                "{agency} का अनुरोध {number} आपको सौंपा गया है।",
            )
        },
    ),
    T.ACKNOWLEDGED: Kind(
        "eye",
        _words(
            "Acknowledged: {number}",
            "{provider} acknowledged request {number}.",
            "प्राप्ति स्वीकार: {number}",
            "{provider} ने अनुरोध {number} की प्राप्ति स्वीकार की।",
        ),
    ),
    T.IN_PROGRESS: Kind(
        "loader",
        _words(
            "In progress: {number}",
            "{provider} started to work on request {number}.",
            "कार्य प्रगति पर: {number}",
            "{provider} ने अनुरोध {number} पर काम शुरू किया।",
        ),
        mail=False,
        variants={
            "extension_granted": _words(
                "More time: {number}",
                "{agency} answered your request for more time for {number}.",
                "अतिरिक्त समय: {number}",
                "{agency} ने {number} के लिए अतिरिक्त समय के आपके निवेदन का उत्तर दिया।",
            )
        },
    ),
    T.INFO_REQUESTED: Kind(
        "help-circle",
        _words(
            "Information requested: {number}",
            "{provider} asks a question about request {number}. The clock may stand still until you answer.",
            "जानकारी अपेक्षित: {number}",
            "{provider} ने अनुरोध {number} के बारे में प्रश्न पूछा है। आपके उत्तर तक समय-गणना रुकी रह सकती है।",
        ),
        priority="URGENT",
        variants={
            "extension": _words(
                "More time asked for: {number}",
                "{provider} asks for more time for request {number}.",
                "अतिरिक्त समय का निवेदन: {number}",
                "{provider} ने अनुरोध {number} के लिए अतिरिक्त समय माँगा है।",
            ),
            "challenge": _words(
                "Confirmation needed: {number}",
                "{provider} asks to have request {number} confirmed before it goes on.",
                "पुष्टि आवश्यक: {number}",
                "{provider} ने आगे बढ़ने से पहले अनुरोध {number} की पुष्टि माँगी है।",
            ),
        },
    ),
    T.NEW_MESSAGE: Kind(
        "message-square",
        _words(
            "New message: {number}",
            "There is a new message in request {number}.",
            "नया संदेश: {number}",
            "अनुरोध {number} में नया संदेश है।",
        ),
        mail=False,  # a conversation is not a mailing list
    ),
    T.RESPONSE_RECEIVED: Kind(
        "package",
        _words(
            "Response received: {number}",
            "{provider} sent a response to request {number}.",
            "उत्तर प्राप्त: {number}",
            "{provider} ने अनुरोध {number} का उत्तर भेजा है।",
        ),
        priority="URGENT",
    ),
    T.RESPONSE_ACCEPTED: Kind(
        "thumbs-up",
        _words(
            "Response accepted: {number}",
            "{agency} accepted your response to request {number}.",
            "उत्तर स्वीकार: {number}",
            "{agency} ने अनुरोध {number} का आपका उत्तर स्वीकार किया।",
        ),
    ),
    T.RESPONSE_REJECTED: Kind(
        "thumbs-down",
        _words(
            "Response rejected: {number}",
            "{agency} did not accept your response to request {number}. The reason is shown there.",
            "उत्तर अस्वीकार: {number}",
            "{agency} ने अनुरोध {number} का आपका उत्तर स्वीकार नहीं किया। कारण वहाँ दिखाया गया है।",
        ),
        priority="URGENT",
    ),
    T.COMPLETED: Kind(
        "flag",
        _words(
            "Completed: {number}",
            "Request {number} to {provider} is complete.",
            "पूर्ण: {number}",
            "{provider} के लिए अनुरोध {number} पूरा हुआ।",
        ),
    ),
    T.CANCELLED: Kind(
        "slash",
        _words(
            "Cancelled: {number}",
            "{agency} withdrew request {number}. Nothing more needs to be done for it.",
            "रद्द: {number}",
            "{agency} ने अनुरोध {number} वापस लिया। इस पर अब कुछ करना शेष नहीं है।",
        ),
    ),
    T.SLA_WARNING: Kind(
        "clock",
        _words(
            "Due soon: {number}",
            "The response to request {number} is due soon.",
            "समय-सीमा निकट: {number}",
            "अनुरोध {number} के उत्तर की समय-सीमा निकट है।",
        ),
        priority="URGENT",
    ),
    T.SLA_BREACHED: Kind(
        "alert-triangle",
        _words(
            "Overdue: {number}",
            "The response to request {number} from {provider} is overdue.",
            "समय-सीमा बीती: {number}",
            "{provider} से अनुरोध {number} के उत्तर की समय-सीमा बीत चुकी है।",
        ),
        priority="CRITICAL",
    ),
    T.SLA_ESCALATED: Kind(
        "trending-up",
        _words(
            "Escalated: {number}",
            "Request {number} of {agency} to {provider} is still without a response and was escalated to you.",
            "उच्च स्तर पर भेजा गया: {number}",
            "{agency} का {provider} को अनुरोध {number} अब भी अनुत्तरित है और आपके पास भेजा गया है।",
        ),
        priority="CRITICAL",
    ),
    T.FILE_INFECTED: Kind(
        "shield-off",
        _words(
            "Malware found in your file",
            "The virus scanner found malware in a file that you uploaded. Nobody can open it. Upload a clean copy.",
            "आपकी फ़ाइल में मैलवेयर मिला",
            "आपकी अपलोड की गई फ़ाइल में मैलवेयर मिला। इसे कोई नहीं खोल सकता। साफ़ प्रति अपलोड करें।",
        ),
        priority="CRITICAL",
        variants={
            "held": _words(
                "Your file is held back",
                "A file that you uploaded did not pass the checks. See why in LERS, and upload another copy.",
                "आपकी फ़ाइल रोकी गई है",
                "आपकी अपलोड की गई फ़ाइल जाँच में सफल नहीं हुई। कारण LERS में देखें और दूसरी प्रति अपलोड करें।",
            )
        },
    ),
    T.SECURITY: Kind(
        "shield",
        _words(
            "A session of yours was ended",
            "An old sign-in of yours was used again, so it was ended. Change your password if it was not you.",
            "आपका एक सत्र समाप्त किया गया",
            "आपके पुराने साइन-इन का दोबारा उपयोग हुआ, इसलिए उसे समाप्त किया गया। यदि यह आप नहीं थे तो पासवर्ड बदलें।",
        ),
        priority="CRITICAL",
        variants={
            "break_glass": _words(
                "The platform sees a case: {number}",
                "An administrator of the platform has opened request {number} and sees its content for an hour at most."
                " Who it was stands in its timeline; ask the platform for the reason.",
                "प्लेटफ़ॉर्म ने मामला खोला: {number}",
                "प्लेटफ़ॉर्म के एक प्रशासक ने अनुरोध {number} खोला है और अधिकतम एक घंटे तक उसकी सामग्री देख सकता है।"
                " किसने खोला, यह समयरेखा में है; कारण प्लेटफ़ॉर्म से पूछें।",
            ),
            "break_glass_asked": _words(
                "Confirmation needed: break-glass",
                "Another administrator asks to see the content of a request. It is opened only if you confirm it.",
                "पुष्टि आवश्यक: आपात पहुँच",
                "एक अन्य प्रशासक किसी अनुरोध की सामग्री देखना चाहता है। आपकी पुष्टि के बिना वह नहीं खुलेगा।",
            ),
            **SECOND_FACTOR,
        },
    ),
}
