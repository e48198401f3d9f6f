"""Contractspecificaties, trajecten en facturen."""

revision = "0009_facturen"
down_revision = "0008_budgetten"


def upgrade() -> None:
    """Nothing yet."""
