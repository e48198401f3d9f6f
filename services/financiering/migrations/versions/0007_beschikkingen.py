"""Beschikkingen en termijnen van de loonkostensubsidie."""

revision = "0007_beschikkingen"
down_revision = "0006_betalingen"


def upgrade() -> None:
    """Nothing yet."""
