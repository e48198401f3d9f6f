"""termijnen."""

revision = "0010_termijnen"
down_revision = "0009_begeleiding"


def upgrade() -> None:
    pass
