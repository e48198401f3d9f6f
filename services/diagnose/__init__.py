"""Diagnose: WSD looks closely at what a kandidaat can do, and advises the gemeente.

Owns: the dossier with its ZRM metingen, loonwaardemetingen, werkdiagnoses, OAD trajecten,
planregies with their reports, and adviezen; the jongeren, what they do and who helps them; what
kandidaten thought of their traject. What these say in words and levels is sealed with a key per
kandidaat. The posities on the participatieladder and the arbeidsvermogen are codes, and are not.

Says: DiagnoseGestart, ZrmAfgenomen, Zrm2013Afgenomen, ZrmGecorrigeerd,
ParticipatieladderVastgesteld, ArbeidsvermogenVastgesteld, JongerenscanAfgerond,
WerkdiagnoseGestart, WerkdiagnoseVerlengd, WerkdiagnoseAfgerond, LoonwaardeVastgesteld,
AdviesGegeven, AdviesTeruggestuurd, AdviesvraagBeantwoord, PlanregieGestart, DoelBehaald,
RapportageBeschikbaar, RapportageGeaccordeerd, PlanregieVerlengd, PlanregieBeeindigd, OADGestart,
OADBeeindigd, DiagnosetermijnVerstreken.

Hears of intake KandidaatAangemeld, for who is a jongere; KandidaatDoorverwezen, which opens a
dossier; KandidaatOvergedragen, KandidaatUitgestroomd and KandidaatTeruggevallen;
TrajectbesluitGenomen and BesluitIngetrokken, what the gemeente does with an advies. Of plaatsing
LKSPlaatsing and PlaatsingBeeindigd, from which trede 5 and 6 follow.

Invariants: one dossier per doorverwezen kandidaat; a meting or advies is never changed: another
follows, or a correctie with its reason beside which the first stays; gemeente and WSD take the
steps of a werkdiagnose together; an advies rests on every fact that the decision table of the
gemeente asks; a report of planregie does not change once it is made, and nobody accords it twice;
cijfers for a traject are counted by the five, never those of one person; levels, facts and
motivations never leave diagnose in an event.
"""
