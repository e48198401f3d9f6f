"""werkplekken."""

revision = "0006_werkplekken"
down_revision = "0005_uitstroom"


def upgrade() -> None:
    pass
