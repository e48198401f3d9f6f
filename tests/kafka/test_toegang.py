"""One command makes a cluster right; again it changes nothing; what does not belong is found."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from contracts.afnemers import ORGANISATIES, TOPICS, afnemer_naam, afnemer_topic
from deploy.cli import inrichten
from deploy.kafka.beheer import DENY, Acl, Beheer, KafkaBeheerFout, Stand
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.lokale_toegang import LokaleToegang
from deploy.kafka.rechten import (
    AFNEMER_QUOTA,
    BEHEER,
    CLUSTER,
    PRINCIPALS,
    Handeling,
    Patroon,
    Recht,
    Soort,
    is_eigen_naam,
)
from deploy.kafka.toegang import richt_toegang_in, vergelijk
from deploy.kafka.verzoeken import SCRAM_SHA_512
from tests.chassis.hulp import until
from tests.kafka.verzoek import klant, lees, schrijf

VREEMD_TOPIC = Recht(Soort.TOPIC, afnemer_topic("0757"), Patroon.LITERAL, Handeling.READ)
ALLE_TOPICS = Recht(Soort.TOPIC, "*", Patroon.LITERAL, Handeling.READ)


def ingericht() -> Stand:
    """A cluster on which everything is as declared, with a password for everyone."""
    return Stand(
        frozenset(Acl(f"User:{p.naam}", recht) for p in PRINCIPALS for recht in p.rechten),
        {p.naam: frozenset({SCRAM_SHA_512}) for p in PRINCIPALS},
        {(("user", p.naam),): dict(p.quota) for p in PRINCIPALS if p.quota},
    )


# -- what is declared ----------------------------------------------------------------------


def test_no_principal_is_the_begin_of_another() -> None:
    """Else the groups of one would be open to the other."""
    namen = [p.naam for p in PRINCIPALS]
    assert [(a, b) for a in namen for b in namen if a != b and b.startswith(a)] == []


def test_every_declared_principal_has_a_name_that_is_known_to_be_ours() -> None:
    assert all(is_eigen_naam(p.naam) for p in PRINCIPALS)


def test_all_afnemers_together_leave_the_services_half_of_a_broker() -> None:
    standaard_draden = 3 + 8  # num.network.threads, num.io.threads
    assert len(ORGANISATIES) * AFNEMER_QUOTA["request_percentage"] <= standaard_draden * 100 / 2


def test_the_operator_reads_no_events() -> None:
    (beheer,) = [p for p in PRINCIPALS if p.naam == BEHEER]
    assert not {r.handeling for r in beheer.rechten} & {
        Handeling.ALL,
        Handeling.READ,
        Handeling.WRITE,
    }


# -- the comparison ------------------------------------------------------------------------


def test_a_cluster_that_is_right_needs_nothing() -> None:
    verschil = vergelijk(PRINCIPALS, ingericht(), {})
    assert verschil.regels() == []
    assert not verschil.vreemd


@given(
    st.sets(st.sampled_from(sorted(ingericht().acls))),
    st.sets(st.sampled_from([p.naam for p in PRINCIPALS])),
    st.dictionaries(
        st.sampled_from([p.naam for p in PRINCIPALS]),
        st.dictionaries(
            st.sampled_from(["consumer_byte_rate", "request_percentage", "producer_byte_rate"]),
            st.floats(1, 1e9),
        ),
    ),
)
def test_whatever_is_missing_or_different_is_made_as_declared(
    weg: set[Acl], zonder_login: set[str], quota: dict[str, dict[str, float]]
) -> None:
    goed = ingericht()
    stand = Stand(
        goed.acls - weg,
        {naam: soorten for naam, soorten in goed.logins.items() if naam not in zonder_login},
        {**goed.quota, **{(("user", naam),): q for naam, q in quota.items()}},
    )
    wachtwoorden = {p.naam: SecretStr("w" * 16) for p in PRINCIPALS}
    verschil = vergelijk(PRINCIPALS, stand, wachtwoorden)
    assert verschil.acls_nieuw == weg
    assert verschil.logins_nieuw == zonder_login
    assert verschil.acls_weg == frozenset()
    na = {entiteit: dict(waarden) for entiteit, waarden in stand.quota.items()}
    for entiteit, nieuw in verschil.quota.items():
        na.setdefault(entiteit, {}).update({k: v for k, v in nieuw.items() if v is not None})
        for sleutel in (k for k, v in nieuw.items() if v is None):
            del na[entiteit][sleutel]
    assert {e: q for e, q in na.items() if q} == goed.quota


@given(
    st.sampled_from([*(p.naam for p in PRINCIPALS), "gemeente-9999", "meedoen-verdwenen"]),
    st.builds(
        Recht,
        st.sampled_from([Soort.TOPIC, Soort.GROUP, Soort.TRANSACTIONAL_ID]),
        st.sampled_from(["*", "meedoen.", "iets", *TOPICS]),
        st.sampled_from(Patroon),
        st.sampled_from(Handeling),
    ),
    st.sampled_from(["*", "10.0.0.1"]),
    st.sampled_from([2, 3]),
)
def test_any_other_right_of_a_principal_of_ours_is_taken_away(
    naam: str, recht: Recht, host: str, vergunning: int
) -> None:
    acl = Acl(f"User:{naam}", recht, host, vergunning)
    goed = ingericht()
    verschil = vergelijk(PRINCIPALS, Stand(goed.acls | {acl}, goed.logins, goed.quota), {})
    assert verschil.acls_weg == {acl} - goed.acls
    assert not verschil.acls_nieuw


@pytest.mark.parametrize(
    ("acl", "wat"),
    [
        (Acl("User:piet", VREEMD_TOPIC), "weg"),
        (Acl("User:*", VREEMD_TOPIC), "weg"),
        (Acl("User:piet", Recht(Soort.TOPIC, "meedoen.", Patroon.PREFIXED, Handeling.ALL)), "weg"),
        (Acl("User:piet", Recht(Soort.GROUP, "wsd-2", Patroon.LITERAL, Handeling.READ)), "weg"),
        (Acl("User:piet", ALLE_TOPICS), "vreemd"),
        (Acl("User:*", ALLE_TOPICS, vergunning=DENY), "vreemd"),
        (Acl("User:piet", Recht(Soort.TOPIC, "mee", Patroon.PREFIXED, Handeling.READ)), "vreemd"),
        (Acl("User:piet", Recht(Soort.GROUP, "g", Patroon.PREFIXED, Handeling.READ)), "vreemd"),
        (
            Acl("User:*", Recht(Soort.CLUSTER, CLUSTER, Patroon.LITERAL, Handeling.ALTER)),
            "vreemd",
        ),
        (Acl("User:piet", Recht(Soort.TOPIC, "mee", Patroon.LITERAL, Handeling.READ)), ""),
        (Acl("User:piet", Recht(Soort.TOPIC, "ander.", Patroon.PREFIXED, Handeling.READ)), ""),
        (
            Acl("User:piet", Recht(Soort.CLUSTER, CLUSTER, Patroon.LITERAL, Handeling.ALTER)),
            "",
        ),
    ],
    ids=str,
)
def test_a_right_of_another_on_what_is_ours_is_taken_away_and_a_wider_one_reported(
    acl: Acl, wat: str
) -> None:
    goed = ingericht()
    verschil = vergelijk(PRINCIPALS, Stand(goed.acls | {acl}, goed.logins, goed.quota), {})
    assert (acl in verschil.acls_weg, acl in verschil.vreemd) == (wat == "weg", wat == "vreemd")


def test_an_afnemer_that_left_loses_everything() -> None:
    goed, weg = ingericht(), "gemeente-0753"
    blijven = [p for p in PRINCIPALS if p.naam != weg]
    verschil = vergelijk(blijven, goed, {})
    assert {acl.naam for acl in verschil.acls_weg} == {weg}
    assert verschil.logins_weg == {(weg, SCRAM_SHA_512)}
    assert set(verschil.quota) == {(("user", weg),)}


def test_a_password_that_is_not_named_is_left_and_one_that_is_null_is_taken_away() -> None:
    assert vergelijk(PRINCIPALS, ingericht(), {}).logins_weg == frozenset()
    assert vergelijk(PRINCIPALS, ingericht(), {"wsd": None}).logins_weg == {("wsd", SCRAM_SHA_512)}


def test_a_login_by_another_mechanism_and_of_a_stranger_that_looks_like_ours_is_taken_away() -> (
    None
):
    goed, sha_256 = ingericht(), 1
    logins = {**goed.logins, "wsd": frozenset({sha_256, SCRAM_SHA_512}), "piet": frozenset({2})}
    logins["meedoen-oud"] = frozenset({SCRAM_SHA_512})
    verschil = vergelijk(PRINCIPALS, Stand(goed.acls, logins, goed.quota), {})
    assert verschil.logins_weg == {("wsd", sha_256), ("meedoen-oud", SCRAM_SHA_512)}


# -- on a real broker ------------------------------------------------------------------------

echt = pytest.mark.kafka(echt=True)
Inrichten = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def toegang(beveiligde_kafka: LokaleKafka) -> LokaleToegang:
    assert beveiligde_kafka.toegang
    return beveiligde_kafka.toegang


@pytest.fixture
def richt_in(
    beveiligde_kafka: LokaleKafka,
    toegang: LokaleToegang,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Iterator[Inrichten]:
    """The command as the operator gives it: its exit code, and the lines that it prints."""

    def draai(*argumenten: str, als: str = BEHEER, **anders: str | None) -> tuple[int, list[str]]:
        wachtwoorden = {
            naam: geheim.get_secret_value()
            for naam, geheim in toegang.wachtwoorden.items()
            if geheim and is_eigen_naam(naam)
        }
        bestand = tmp_path / "meedoen_kafka_wachtwoorden"
        bestand.write_text(json.dumps(wachtwoorden | anders))
        mijn = toegang.scram(als)
        assert mijn.wachtwoord
        for naam, waarde in {
            "GEHEIMEN": str(tmp_path),
            "KAFKA_BOOTSTRAP": beveiligde_kafka.bootstrap,
            "KAFKA_REPLICATIE": "1",
            "KAFKA_PROTOCOL": "SASL_SSL",
            "KAFKA_GEBRUIKER": als,
            "KAFKA_WACHTWOORD": mijn.wachtwoord.get_secret_value(),
            "KAFKA_CA": str(toegang.uitgever.ca),
        }.items():
            monkeypatch.setenv(f"MEEDOEN_{naam}", waarde)
        code = inrichten.main(["--alleen", "kafka", *argumenten])
        uitvoer = capsys.readouterr()
        for geheim in wachtwoorden.values():
            assert geheim not in uitvoer.out + uitvoer.err
        return code, (uitvoer.out + uitvoer.err).splitlines()

    yield draai
    asyncio.run(beveiligde_kafka.richt_in(TOPICS))


@contextlib.asynccontextmanager
async def met_de_hand_gegeven(kafka: LokaleKafka, acl: Acl) -> AsyncIterator[None]:
    async with Beheer(kafka.bootstrap, kafka.beheerder) as beheer:
        await beheer.maak_acls([acl])
        try:
            await until(lambda: _bekend(beheer, acl))
            yield
        finally:
            await beheer.verwijder_acls([acl])


async def _weg(beheer: Beheer, acl: Acl) -> bool:
    return not await _bekend(beheer, acl)


async def _bekend(beheer: Beheer, acl: Acl) -> bool:
    return acl in (await beheer.stand()).acls


GOED = [
    f"Kafka: toegang en quota van {len(PRINCIPALS)} principals: zoals het hoort.",
    f"Kafka: {len(TOPICS)} topics, waarvan 0 nieuw.",
]


@echt
def test_provisioning_again_changes_nothing(richt_in: Inrichten) -> None:
    assert richt_in() == (0, GOED)
    assert richt_in("--controleer") == (0, GOED[:1])


@echt
async def test_a_right_given_by_hand_is_reported_and_taken_away(
    richt_in: Inrichten, beveiligde_kafka: LokaleKafka, toegang: LokaleToegang
) -> None:
    acl = Acl("User:wsd", VREEMD_TOPIC)
    async with (
        met_de_hand_gegeven(beveiligde_kafka, acl),
        klant(beveiligde_kafka.bootstrap, toegang.scram("wsd")) as wsd,
    ):
        assert await wsd.mag(lees(VREEMD_TOPIC.naam)[0])
        regel = f"  - {acl} (niet van ons)"
        assert buiten_de_lus(richt_in, "--controleer")[0] == 1
        code, regels = buiten_de_lus(richt_in)
        assert (code, regels[0]) == (0, regel)
        assert not await wsd.mag(lees(VREEMD_TOPIC.naam)[0])
        assert buiten_de_lus(richt_in) == (0, GOED)


@echt
async def test_a_right_of_everyone_on_everything_is_reported_until_a_person_removes_it(
    richt_in: Inrichten, beveiligde_kafka: LokaleKafka
) -> None:
    acl = Acl("User:*", ALLE_TOPICS)
    async with met_de_hand_gegeven(beveiligde_kafka, acl):
        code, regels = buiten_de_lus(richt_in)
        assert code == 1
        assert regels[0].startswith(f"  ! {acl} reikt tot wat van ons is")
    async with Beheer(beveiligde_kafka.bootstrap, beveiligde_kafka.beheerder) as beheer:
        await until(lambda: _weg(beheer, acl))
    assert buiten_de_lus(richt_in) == (0, GOED)


@echt
async def test_a_new_password_replaces_the_old_one_at_once(
    richt_in: Inrichten, beveiligde_kafka: LokaleKafka, toegang: LokaleToegang
) -> None:
    oud = toegang.scram("gemeente-0823")
    nieuw = oud.model_copy(update={"wachtwoord": SecretStr("een-ander-wachtwoord")})
    assert buiten_de_lus(richt_in, **{"gemeente-0823": "een-ander-wachtwoord"}) == (
        0,
        [
            "  ~ gemeente-0823: ander wachtwoord",
            GOED[0].replace("zoals het hoort", "bijgewerkt"),
            *GOED[1:],
        ],
    )
    async with Beheer(beveiligde_kafka.bootstrap, beveiligde_kafka.beheerder) as beheer:
        assert await beheer.logt_in(nieuw)
        assert not await beheer.logt_in(oud)
        buiten_de_lus(richt_in, **{"gemeente-0823": None})
        assert not await beheer.logt_in(nieuw)
        buiten_de_lus(richt_in)
        assert await beheer.logt_in(oud)


@echt
async def test_the_operator_provisions_on_its_own_principal_and_reads_nothing(
    beveiligde_kafka: LokaleKafka, toegang: LokaleToegang
) -> None:
    async with klant(beveiligde_kafka.bootstrap, toegang.scram(BEHEER)) as beheerder:
        toegelaten = [t for t in TOPICS if await beheerder.mag(lees(t)[0])]
        toegelaten += [t for t in TOPICS if await beheerder.mag(schrijf(t))]
    assert toegelaten == []


@echt
async def test_who_is_no_operator_is_told_so(
    beveiligde_kafka: LokaleKafka, toegang: LokaleToegang
) -> None:
    with pytest.raises(KafkaBeheerFout, match="mag het cluster niet beheren"):
        await richt_toegang_in(beveiligde_kafka.bootstrap, toegang.scram("wsd"), {})
    fout = toegang.scram(BEHEER).model_copy(update={"wachtwoord": SecretStr("x")})
    with pytest.raises(KafkaBeheerFout, match=f"kent {BEHEER} met dit wachtwoord niet"):
        await richt_toegang_in(beveiligde_kafka.bootstrap, fout, {})
    with pytest.raises(KafkaBeheerFout, match="noemt wie er niet is: piet"):
        await richt_toegang_in(
            beveiligde_kafka.bootstrap, toegang.scram(BEHEER), {"piet": SecretStr("x")}
        )


@echt
def test_provisioning_over_certificates_needs_no_passwords(
    beveiligde_kafka: LokaleKafka, toegang: LokaleToegang
) -> None:
    uitkomst = asyncio.run(
        richt_toegang_in(beveiligde_kafka.bootstrap_mtls, toegang.mtls(BEHEER), {})
    )
    assert uitkomst.is_gelijk


def test_a_password_that_is_short_or_strange_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEEDOEN_OMGEVING", "test")
    monkeypatch.setenv("MEEDOEN_KAFKA_BOOTSTRAP", "kafka:9092")
    for slecht in ("kort", "een wachtwoord met ë erin", "met een\nnieuwe regel erin"):
        monkeypatch.setenv("MEEDOEN_KAFKA_WACHTWOORDEN", json.dumps({"wsd": slecht}))
        assert inrichten.main(["--alleen", "kafka"]) == 1
        uitvoer = capsys.readouterr().err
        assert "wsd niet" in uitvoer
        assert slecht not in uitvoer


def buiten_de_lus(
    draai: Inrichten, *argumenten: str, **anders: str | None
) -> tuple[int, list[str]]:
    """The command has an event loop of its own."""
    with ThreadPoolExecutor(1) as draad:
        return draad.submit(draai, *argumenten, **anders).result()


def test_afnemer_namen_zijn_ook_de_gebruikersnamen() -> None:
    assert {afnemer_naam(o) for o in ORGANISATIES} < {p.naam for p in PRINCIPALS}
