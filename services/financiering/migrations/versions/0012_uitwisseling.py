"""Wat andere partijen van de loonwaarde horen, en regels per gemeente."""

revision = "0012_uitwisseling"
down_revision = "0011_termijnen"


def upgrade() -> None:
    """Nothing yet."""
