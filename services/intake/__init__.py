"""Intake: a resident reports, the gemeente decides at the gate, WSD advises, a traject follows.

Owns: the kandidaat, their personal data (sealed with a key per person), the besluiten about them,
their aanvragen of bijstand and the terms that are watched. It is the only service that knows who a
kandidaat is.

Says: KandidaatAangemeld, KandidaatHeraangemeld, QuickScanAfgerond, PoortbesluitGenomen,
VrijstellingVerleend, ZorgtrajectBesloten, KandidaatDoorverwezen, LeeftijdsgroepGewijzigd,
TrajectbesluitGenomen, InkooporderGeplaatst, BesluitIngetrokken, RegisseurGewijzigd, TermijnNadert,
TermijnVerstreken, BeschutWerkbesluitGenomen, KandidaatUitgestroomd, KandidaatTeruggevallen,
KandidaatOvergedragen. Hears: AdviesGegeven and LoonwaardeVastgesteld (diagnose), LKSPlaatsing,
ProefplaatsingGestart, PlaatsingGestart and PlaatsingBeeindigd (plaatsing), LKSVastgesteld and
LKSBeschikkingGegeven (financiering).

Invariants: one kandidaat per BSN and gemeente; a kandidaat has one regisseur; a besluit is never
changed, another follows or it is withdrawn, and of each kind at most one counts; only what was
decided since the last (her)aanmelding counts; about who has flowed out nothing is decided;
WSD sees a kandidaat from the doorverwijzing on, until they begin again at the gate; only WSD learns
that two gemeenten have the same resident; a gemeente sees the kandidaten it has, from an
overdracht on the gemeente that received; only who may decide by law and samenwerkingsmodel does.
"""
