"""Intake: a resident reports, the gemeente decides at the gate, WSD advises, a traject follows.

Owns: the kandidaat, their personal data (sealed with a key per person), the besluiten about them,
their aanvragen of bijstand and the terms that are watched. It is the only service that knows who a
kandidaat is.

Says: KandidaatAangemeld, PoortbesluitGenomen, KandidaatDoorverwezen, LeeftijdsgroepGewijzigd,
TrajectbesluitGenomen, KandidaatOvergedragen, TermijnNadert, TermijnVerstreken. Hears:
AdviesGegeven (diagnose).

Invariants: one kandidaat per BSN and gemeente; a besluit is never changed, another follows; WSD
sees a kandidaat from the doorverwijzing on; a gemeente sees the kandidaten it has, from an
overdracht on the gemeente that received; only who may decide by law and samenwerkingsmodel does.
"""
