"""Andere uren vanaf een dag veranderen het bedrag."""

from chassis.handover import movable
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0005_arbeidsduur"
down_revision = "0004_betaler"

_SHARED = "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.gedeeld_met_wsd)"
_SQL = """
CREATE TABLE arbeidsduur (
    lks_id uuid NOT NULL REFERENCES loonkostensubsidie,
    vanaf date NOT NULL,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    uren numeric(4, 2) NOT NULL,
    voltijdsuren numeric(4, 2) NOT NULL,
    PRIMARY KEY (lks_id, vanaf)
);
COMMENT ON TABLE arbeidsduur IS
    'Uren die na de eerste dag zijn gewijzigd; die van de eerste dag staan bij de subsidie.';
CREATE INDEX arbeidsduur_kandidaat ON arbeidsduur (kandidaat_id);
"""


def upgrade() -> None:
    run_sql(_SQL + isolate("arbeidsduur", wsd_sees=_SHARED) + movable("arbeidsduur"))
