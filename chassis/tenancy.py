"""Row-level security: which organisation a transaction acts for, and what it may see.

A transaction acts for one organisation: a gemeente (its gemeentecode), ``wsd``, or ``systeem`` for
the chassis' own tables. PostgreSQL itself keeps the rows of others out of sight, of the owner of
the tables too (FORCE). Without an organisation nothing is visible.
"""

from __future__ import annotations

import re
from typing import Final

SYSTEM: Final = "systeem"
WSD: Final = "wsd"
BEHEER: Final = "beheer"
"""Who runs the platform: no afnemer. It sees no row of any kandidaat; what is parked it sees as
``systeem``, in the chassis' own tables."""

_ORGANISATION = re.compile(r"\d{4}|wsd|systeem")

ACTING = "current_setting('meedoen.organisatie', true)"
"""SQL for the organisation the transaction acts for."""


def is_gemeente(organisation: str) -> bool:
    return _ORGANISATION.fullmatch(organisation) is not None and organisation.isdigit()


def act_for(organisation: str) -> str:
    """SQL that makes the rest of the transaction act for an organisation."""
    if not _ORGANISATION.fullmatch(organisation):
        raise ValueError("een organisatie is een gemeentecode van vier cijfers, of wsd")
    return f"SET LOCAL meedoen.organisatie = '{organisation}'"


def isolate(table: str, *, wsd_sees: str = "true", systeem_sees: bool = False) -> str:
    """SQL that isolates a table with a column ``gemeentecode``.

    wsd_sees: SQL condition on a row under which WSD sees it next to the gemeente.
    systeem_sees: whether the chassis itself must find rows of every gemeente (deadlines).
    """
    visible = f"gemeentecode = {ACTING} OR ({ACTING} = '{WSD}' AND ({wsd_sees}))"
    if systeem_sees:
        visible += f" OR {ACTING} = '{SYSTEM}'"
    return isolate_by(table, visible)


def isolate_by(table: str, visible: str, writable: str | None = None) -> str:
    """SQL that isolates a table by a condition of its own.

    writable: condition that a new or changed row must meet; the same as ``visible`` by default.
    """
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY organisatie ON {table}"
        f" USING ({visible}) WITH CHECK ({writable or visible});"
    )
