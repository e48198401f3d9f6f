"""matching."""

revision = "0007_matching"
down_revision = "0006_werkplekken"


def upgrade() -> None:
    pass
