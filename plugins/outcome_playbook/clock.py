"""The one ``today`` of a build."""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime

from outcome_playbook.settings import Settings


def today(settings: Settings, environ: Mapping[str, str] = os.environ) -> date:
    """Return ``as_of``, else the day of ``SOURCE_DATE_EPOCH``, else today, in UTC.

    Raises ``ValueError`` with a sentence when ``SOURCE_DATE_EPOCH`` is no number of seconds.
    """
    if settings.as_of:
        return settings.as_of
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"SOURCE_DATE_EPOCH is not a number of seconds: {epoch!r}") from error
