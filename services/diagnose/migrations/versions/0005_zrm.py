"""ZRM-metingen van twee versies, participatieladder en arbeidsvermogen."""

revision = "0005_zrm"
down_revision = "0004_termijnen"


def upgrade() -> None:
    pass
