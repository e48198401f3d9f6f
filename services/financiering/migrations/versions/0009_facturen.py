"""Contractspecificaties, trajecten en facturen."""

from chassis.handover import movable
from chassis.migrations import role_of, run_sql
from chassis.tenancy import ACTING, WSD, isolate, isolate_by

revision = "0009_facturen"
down_revision = "0008_budgetten"

_SHARED = "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.gedeeld_met_wsd)"
_VAN_KANDIDAAT = ("traject", "levering", "urenbron", "verrichting")
_BLIJFT_STAAN = ("contractspecificatie", "factuur", "factuurregel")
_SQL = """
CREATE TABLE contractspecificatie (
    id uuid PRIMARY KEY,
    gemeentecode text NOT NULL,
    product text NOT NULL,
    vanaf date NOT NULL,
    versie integer NOT NULL,
    eenheid text NOT NULL CHECK (eenheid IN ('maand', 'uur', 'stuk')),
    prijs numeric(12, 2) NOT NULL CHECK (prijs > 0),
    plafond numeric(12, 2) CHECK (plafond >= prijs),
    vastgelegd_op timestamptz NOT NULL,
    UNIQUE (gemeentecode, product, vanaf, versie)
);
COMMENT ON TABLE contractspecificatie IS
    'Prijs per product en gemeente vanaf een dag; de hoogste versie van een dag geldt.';
CREATE INDEX contractspecificatie_volgorde ON contractspecificatie (vastgelegd_op, id);

CREATE TABLE traject (
    besluit_id uuid PRIMARY KEY,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    ingangsdatum date NOT NULL,
    producten text[] NOT NULL,
    inkooporder_nodig boolean NOT NULL,
    inkooporder_id uuid,
    ingetrokken boolean NOT NULL DEFAULT false,
    volgorde integer NOT NULL
);
COMMENT ON COLUMN traject.volgorde IS
    'De hoeveelste gebeurtenis van intake: bij gelijke datums telt de laatste.';
CREATE INDEX traject_kandidaat ON traject (kandidaat_id);

CREATE TABLE levering (
    id uuid PRIMARY KEY,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    product text NOT NULL,
    begin date NOT NULL,
    eerste_einddatum date NOT NULL,
    tot_en_met date NOT NULL,
    beeindigd_op date
);
COMMENT ON COLUMN levering.eerste_einddatum IS 'Zoals bij het begin gepland.';
COMMENT ON COLUMN levering.tot_en_met IS 'Zoals nu gepland.';
CREATE INDEX levering_kandidaat ON levering (kandidaat_id);

CREATE TABLE urenbron (
    id uuid PRIMARY KEY,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    product text NOT NULL
);
COMMENT ON TABLE urenbron IS
    'Een plaatsing of begeleiding waarvan de uren bij een product horen.';
CREATE INDEX urenbron_kandidaat ON urenbron (kandidaat_id);

CREATE TABLE verrichting (
    id uuid PRIMARY KEY,
    levering_id uuid NOT NULL,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    product text NOT NULL,
    dag date NOT NULL,
    aantal numeric(6, 2) NOT NULL CHECK (aantal > 0),
    eenheid text NOT NULL CHECK (eenheid IN ('uur', 'stuk'))
);
COMMENT ON TABLE verrichting IS 'Uren op een dag, of iets dat per stuk gaat.';
CREATE INDEX verrichting_kandidaat ON verrichting (kandidaat_id);

CREATE TABLE factuurjaar (
    jaar smallint PRIMARY KEY,
    laatste_nummer integer NOT NULL
);
COMMENT ON TABLE factuurjaar IS
    'Het laatst gebruikte nummer; opgehoogd in de transactie die het gebruikt, dus zonder gaten.';

CREATE TABLE factuur (
    id uuid PRIMARY KEY,
    jaar smallint NOT NULL,
    volgnummer integer NOT NULL,
    soort text NOT NULL CHECK (soort IN ('factuur', 'creditnota')),
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    product text NOT NULL,
    van_factuur uuid REFERENCES factuur,
    besluit_id uuid,
    inkooporder_id uuid,
    opgemaakt_op date NOT NULL,
    btw_categorie text NOT NULL,
    btw_percentage numeric(5, 2) NOT NULL,
    btw_grond text NOT NULL,
    partijen jsonb NOT NULL,
    vastgelegd_op timestamptz NOT NULL,
    UNIQUE (jaar, volgnummer),
    CHECK ((soort = 'creditnota') = (van_factuur IS NOT NULL))
);
COMMENT ON TABLE factuur IS
    'Van de gemeente aan wie zij is gericht, ook als de kandidaat later naar een andere gaat.';
COMMENT ON COLUMN factuur.partijen IS 'Afzender en ontvanger, zoals zij op die dag heetten.';
CREATE INDEX factuur_kandidaat ON factuur (kandidaat_id);

CREATE TABLE factuurregel (
    factuur_id uuid NOT NULL REFERENCES factuur,
    nummer smallint NOT NULL,
    gemeentecode text NOT NULL,
    levering_id uuid NOT NULL,
    vanaf date NOT NULL,
    tot_en_met date NOT NULL,
    aantal numeric(8, 2) NOT NULL,
    eenheid text NOT NULL,
    prijs numeric(12, 2) NOT NULL,
    basis smallint NOT NULL,
    korting numeric(12, 2) NOT NULL,
    PRIMARY KEY (factuur_id, nummer)
);
"""


def upgrade() -> None:
    run_sql(
        _SQL
        + "".join(isolate(table, wsd_sees=_SHARED) for table in _VAN_KANDIDAAT)
        + movable(*_VAN_KANDIDAAT)
        + "".join(isolate(table) for table in _BLIJFT_STAAN)
        + f"REVOKE UPDATE, DELETE ON {', '.join(_BLIJFT_STAAN)} FROM {role_of('financiering')};"
        + isolate_by("factuurjaar", f"{ACTING} = '{WSD}'")
    )
