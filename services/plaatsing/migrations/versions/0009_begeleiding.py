"""begeleiding."""

revision = "0009_begeleiding"
down_revision = "0008_soorten"


def upgrade() -> None:
    pass
