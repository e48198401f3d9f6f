"""Budgetten, begeleidingskosten, stimulusreserve en taakstelling."""

revision = "0008_budgetten"
down_revision = "0007_beschikkingen"


def upgrade() -> None:
    """Nothing yet."""
