"""Diagnose: WSD looks closely at what a kandidaat can do, and advises the gemeente.

Owns: the dossier with its ZRM metingen, loonwaardemetingen and adviezen; what they say in words
and levels is sealed with a key per kandidaat.

Says: DiagnoseGestart, ZrmAfgenomen, LoonwaardeVastgesteld, AdviesGegeven, AdviesTeruggestuurd,
AdviesvraagBeantwoord. Hears: KandidaatDoorverwezen (intake), which opens a dossier;
TrajectbesluitGenomen and BesluitIngetrokken (intake), what the gemeente does with an advies.

Invariants: one dossier per doorverwezen kandidaat; a meting or advies is never changed, another
follows; an advies rests on a meting in the dossier, and on every fact that the decision table of
the gemeente asks; levels, facts and motivations never leave it in an event.
"""
