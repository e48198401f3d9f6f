"""Financiering: what a placement costs and who pays; today the loonkostensubsidie (LKS).

Owns: the loonkostensubsidie of each LKS placement (decision, amounts, end), what was paid of it and
to which account, and what it heard of a kandidaat that the amount depends on. Of kandidaten it
holds no personal data: ids, codes, dates, percentages. Bank accounts are sealed.

Hears: KandidaatDoorverwezen, KandidaatOvergedragen and LeeftijdsgroepGewijzigd (intake),
LoonwaardeVastgesteld (diagnose), LKSPlaatsing, PlaatsingGewijzigd and PlaatsingBeeindigd
(plaatsing). Says: LKSVastgesteld, each time another monthly amount holds or another gemeente pays
it, and LKSBetaalbaarGesteld, each time another total of a month was put payable.

Invariants: one loonkostensubsidie per placement; decision and amounts follow from what is known,
in whatever order it arrived; what cannot be decided yet waits in sight; a refusal is a fact with
its article; no amount is ever guessed; of every day one gemeente pays: who had the kandidaat; a
paid month is never rewritten, and its lines add up to what is due.
"""
