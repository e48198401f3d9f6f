"""A kandidaat who goes to another gemeente takes along what was said and begun."""

from __future__ import annotations

from services.diagnose.use_cases.neem_over import neem_over
from tests.diagnose.gebruikers import BOXTEL, VUGHT, WSD, Diagnose
from tests.diagnose.test_loonwaarden import DESKUNDIGE, meet
from tests.diagnose.test_oad import selecteer
from tests.diagnose.test_werkdiagnoses import consulent, meld_aan


async def test_de_nieuwe_gemeente_gaat_verder_waar_de_vorige_was(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart(BOXTEL)
    meting = f"{dossier.pad}/loonwaardemetingen/{await meet(diagnose, dossier)}"
    vandaag = diagnose.vandaag.isoformat()
    reactie = {"partij": "werkgever", "ontvangenOp": vandaag, "akkoord": True}
    await diagnose.stuur(f"{meting}/reacties", reactie, rol=DESKUNDIGE)
    oad, werk = await selecteer(diagnose, dossier), await meld_aan(diagnose, dossier)
    start = consulent(diagnose, soort="start", datum=vandaag)
    await diagnose.stuur(f"{werk}/voorstellen", start, organisatie=WSD)
    async with diagnose.database.unit_of_work(BOXTEL) as uow:
        await neem_over(uow, dossier.kandidaat_id, VUGHT)
        await uow.commit()
    for pad in (meting, oad, werk):
        await diagnose.haal(pad, organisatie=BOXTEL, status=404)
        await diagnose.haal(pad, organisatie=VUGHT)
    [gebleven] = (await diagnose.haal(meting, organisatie=VUGHT))["reacties"]
    assert gebleven["partij"] == "werkgever"
    instemming = consulent(diagnose)
    await diagnose.stuur(f"{werk}/instemmingen", instemming, organisatie=BOXTEL, status=404)
    stand = await diagnose.stuur(f"{werk}/instemmingen", instemming, organisatie=VUGHT)
    assert stand["status"] == "gestart"
    assert (await diagnose.gezegd(dossier))[-1].afnemers == {VUGHT, WSD}
