"""Wat het Rijk op realisatie vergoedt."""

revision = "0013_rijksgeld"
down_revision = "0012_uitwisseling"


def upgrade() -> None:
    """Nothing yet."""
