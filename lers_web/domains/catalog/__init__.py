"""What a provider offers, and how it works: catalog items and service profiles.

Files lie below the catalog and cannot ask it; whoever loads this domain hands its rule to them, so that people who see
an item see its sample.
"""

from lers_web.domains.catalog.policy import samples_seen_by
from lers_web.domains.files.media_types import Purpose
from lers_web.domains.files.policy import register_published

register_published(Purpose.SAMPLE, samples_seen_by)
