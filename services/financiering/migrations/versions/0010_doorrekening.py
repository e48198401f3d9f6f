"""Bewaarde doorrekeningen."""

revision = "0010_doorrekening"
down_revision = "0009_facturen"


def upgrade() -> None:
    """Nothing yet."""
