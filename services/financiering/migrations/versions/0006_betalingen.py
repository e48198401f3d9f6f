"""Betaalschema, betalingen en betaalbestanden van de loonkostensubsidie."""

revision = "0006_betalingen"
down_revision = "0005_arbeidsduur"


def upgrade() -> None:
    """Nothing yet."""
