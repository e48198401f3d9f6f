"""Plaatsing: a kandidaat goes to work, in a placement of any kind, until it ends.

Owns: werkgevers with their afspraken and werkplekken with their versions (data of organisations,
with an organisation as eigenaar, who shares a werkplek or keeps it for its own kandidaten), and the
plaatsingen of kandidaten, with their terms, werk-ontwikkelplan, begeleiding and afwezigheid; the
profielen of kandidaten, and the voorstellen to werkgevers. What is said in a werk-ontwikkelplan, a
profiel or a voorstel is sealed with the key of the kandidaat, but for the codes that are searched
by; what else it knows of one it has heard. It counts when it is asked: in-, door- en uitstroom, the
transitiearrangement against its taakstelling, jobs with loonkostensubsidie, hours of guidance.

Says: VoorstelGedaan, VoorstelBeantwoord, ProefplaatsingGestart, LKSPlaatsing, PlaatsingGestart,
PlaatsingVerlengd, PlaatsingGewijzigd, PlaatsingBeeindigd, PlaatsingstermijnVerstreken,
WerkOntwikkelplanVastgesteld, WerkOntwikkelplanGeevalueerd, BegeleidingAfgesproken,
BegeleidingsurenGeboekt, AfwezigheidGemeld, AfwezigheidBeeindigd. Hears: KandidaatDoorverwezen,
TrajectbesluitGenomen, InkooporderGeplaatst, BesluitIngetrokken, BeschutWerkbesluitGenomen,
KandidaatUitgestroomd, KandidaatTeruggevallen and KandidaatHeraangemeld (intake),
LoonwaardeVastgesteld (diagnose), in any order of the two services.

Invariants: no placement without a trajectbesluit that has taken effect, and was ordered where that
is needed, nor for a kandidaat who has flowed out; who executes the traject places; no two
placements of a kandidaat overlap that may not; on no day are there more people on a werkplek than
it has places, and who sees it counts the same, without seeing who is there; a werkgever is told who
a kandidaat is only while the kandidaat agrees. Locks are taken in one order: kandidaat, then
werkplek.
"""
