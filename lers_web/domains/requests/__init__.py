"""Requests: from the officer's draft to the provider's answer.

Files lie below requests and cannot ask them; whoever loads this domain hands its rule to them, so that the people who
see a request see its files, and nobody else does. Without it only uploaders see files.
"""

from lers_web.domains.files.policy import register_visibility
from lers_web.domains.requests.policy import content_seen_by

register_visibility(content_seen_by)
