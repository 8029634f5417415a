"""Decisions of approvers, level by level, with what they signed.

Requests lie below approvals and cannot ask them; whoever loads this domain hands its check to them, so that a request
that is submitted some time after its approval is held against it once more.
"""

from lers_web.domains.approvals.reads import why_void
from lers_web.domains.requests.service import register_submission_check

register_submission_check(why_void)
