"""Diagnose: WSD looks closely at what a kandidaat can do, and advises the gemeente.

Owns: the dossier with its ZRM metingen, loonwaardemetingen and adviezen; the jongeren, what they do
and who helps them; what kandidaten thought of their traject. What these say in words and levels is
sealed with a key per kandidaat.

Says: DiagnoseGestart, ZrmAfgenomen, LoonwaardeVastgesteld, AdviesGegeven, JongerenscanAfgerond.
Hears: KandidaatAangemeld (intake), for who is a jongere, and KandidaatDoorverwezen, which opens a
dossier.

Invariants: one dossier per doorverwezen kandidaat; a meting or advies is never changed, another
follows; an advies rests on a meting in the dossier; cijfers for a traject are counted by the five,
never those of one person; levels and motivations never leave diagnose in an event.
"""
