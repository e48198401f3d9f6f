"""Jongeren in beeld en klanttevredenheid."""

revision = "0009_jongeren"
down_revision = "0008_adviezen"


def upgrade() -> None:
    pass
