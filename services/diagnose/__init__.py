"""Diagnose: WSD looks closely at what a kandidaat can do, and advises the gemeente.

Owns: the dossier with its ZRM metingen, loonwaardemetingen, werkdiagnoses, OAD trajecten and
adviezen; what they say in words and levels is sealed with a key per kandidaat.

Says: DiagnoseGestart, ZrmAfgenomen, LoonwaardeVastgesteld, WerkdiagnoseGestart,
WerkdiagnoseVerlengd, WerkdiagnoseAfgerond, OADGestart, OADBeeindigd, AdviesGegeven,
DiagnosetermijnVerstreken. Hears: KandidaatDoorverwezen (intake), which opens a dossier.

Invariants: one dossier per doorverwezen kandidaat; a meting or advies is never changed, another
follows; gemeente and WSD take the steps of a werkdiagnose together; an advies rests on a meting in
the dossier; levels and motivations never leave it in an event.
"""
