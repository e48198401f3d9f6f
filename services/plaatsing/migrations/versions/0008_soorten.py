"""soorten."""

revision = "0008_soorten"
down_revision = "0007_matching"


def upgrade() -> None:
    pass
