"""Modelrapport van de loonwaarde, werkdiagnose en OAD."""

revision = "0007_werk"
down_revision = "0006_planregie"


def upgrade() -> None:
    pass
