"""Diagnose: WSD looks closely at what a kandidaat can do, and advises the gemeente.

Owns: the dossier with its ZRM metingen, loonwaardemetingen and adviezen; what they say in words and
levels is sealed with a key per kandidaat. The posities on the participatieladder and the
arbeidsvermogen, which are codes and are not. The planregies, with their doelen, hours and reports,
sealed as well.

Says: DiagnoseGestart, ZrmAfgenomen, Zrm2013Afgenomen, ZrmGecorrigeerd, LoonwaardeVastgesteld,
ParticipatieladderVastgesteld, ArbeidsvermogenVastgesteld, AdviesGegeven, PlanregieGestart,
DoelBehaald, RapportageBeschikbaar, RapportageGeaccordeerd, PlanregieVerlengd, PlanregieBeeindigd,
DiagnosetermijnVerstreken. Hears: of intake KandidaatDoorverwezen, which opens a dossier,
KandidaatOvergedragen, KandidaatUitgestroomd and KandidaatTeruggevallen; of plaatsing LKSPlaatsing
and PlaatsingBeeindigd, from which trede 5 and 6 follow.

Invariants: one dossier per doorverwezen kandidaat; a meting or advies is never changed: another
follows, or a correctie with its reason beside which the first stays; an advies rests on a meting in
the dossier; a report of planregie does not change once it is made, and nobody accords it twice;
levels and motivations never leave it in an event.
Owns: the dossier with its ZRM metingen, loonwaardemetingen and adviezen; the jongeren, what they do
and who helps them; what kandidaten thought of their traject. What these say in words and levels is
sealed with a key per kandidaat.

Says: DiagnoseGestart, ZrmAfgenomen, LoonwaardeVastgesteld, AdviesGegeven, JongerenscanAfgerond.
Hears: KandidaatAangemeld (intake), for who is a jongere, and KandidaatDoorverwezen, which opens a
dossier.

Invariants: one dossier per doorverwezen kandidaat; a meting or advies is never changed, another
follows; an advies rests on a meting in the dossier; cijfers for a traject are counted by the five,
never those of one person; levels and motivations never leave diagnose in an event.
Owns: the dossier with its ZRM metingen, loonwaardemetingen, werkdiagnoses, OAD trajecten and
adviezen; what they say in words and levels is sealed with a key per kandidaat.

Says: DiagnoseGestart, ZrmAfgenomen, LoonwaardeVastgesteld, WerkdiagnoseGestart,
WerkdiagnoseVerlengd, WerkdiagnoseAfgerond, OADGestart, OADBeeindigd, AdviesGegeven,
DiagnosetermijnVerstreken. Hears: KandidaatDoorverwezen (intake), which opens a dossier.

Invariants: one dossier per doorverwezen kandidaat; a meting or advies is never changed, another
follows; gemeente and WSD take the steps of a werkdiagnose together; an advies rests on a meting in
the dossier; levels and motivations never leave it in an event.
"""
