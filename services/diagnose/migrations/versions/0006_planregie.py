"""Planregie: trajecten, doelen, uren en rapportages."""

revision = "0006_planregie"
down_revision = "0005_zrm"


def upgrade() -> None:
    pass
