"""Adviezen met het voorstel van de beslistabel en de reactie van de gemeente."""

revision = "0008_adviezen"
down_revision = "0007_werk"


def upgrade() -> None:
    pass
