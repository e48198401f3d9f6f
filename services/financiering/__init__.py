"""Financiering: what a placement costs and who pays: loonkostensubsidie (LKS) and guidance.

Owns: the loonkostensubsidie of each LKS placement (decision, amounts, end), what was paid of it and
to which account, and what it heard of a kandidaat that the amount depends on; the budgets of each
gemeente, who pays the guidance on each place at WSD, and the shares in the goal of 2,100 places
(taakstelling.toml). Of kandidaten it holds ids, codes, dates and percentages; the motivation of a
beschikking is sealed, and so are bank accounts.

Hears: KandidaatDoorverwezen, KandidaatOvergedragen and LeeftijdsgroepGewijzigd (intake),
LoonwaardeVastgesteld (diagnose), ProefplaatsingGestart, LKSPlaatsing, PlaatsingGestart,
PlaatsingVerlengd, PlaatsingGewijzigd and PlaatsingBeeindigd (plaatsing). Says: LKSVastgesteld, each
time another monthly amount holds or another gemeente pays it; BegeleidingToegerekend, each time
another one pays the guidance from a day on; LKSBetaalbaarGesteld, each time another total of a
month was put payable; LKSBeschikkingGegeven, each time the college decided on a subsidy in a
beschikking; BudgetOverschreden, each time it becomes clear that a budget will not last the year;
FinancieringstermijnVerstreken, when a term of a subsidy has passed.

Trajecten and facturen: owns the contractspecificatie of each gemeente, what it heard was bought and
delivered, and the facturen and creditnota's of WSD. Hears TrajectbesluitGenomen,
InkooporderGeplaatst and BesluitIngetrokken (intake), PlanregieGestart, -Verlengd and -Beeindigd,
OADGestart and -Beeindigd and LoonwaardeVastgesteld (diagnose), PlaatsingGestart,
BegeleidingAfgesproken and BegeleidingsurenGeboekt (plaatsing). Says FactuurOpgemaakt. Invariants:
what is due follows from the facts; facturen minus creditnota's is what is due once a round has run;
a document is never rewritten, and numbers have no gaps.

Invariants: one loonkostensubsidie per placement; decision and amounts follow from what is known,
in whatever order it arrived; what cannot be decided yet waits in sight; a refusal is a fact with
its article; no amount is ever guessed; of every day one gemeente pays: who had the kandidaat; on
every day the placements that began first have the places of the guidance budget; a day of a place
is of who had the kandidaat, however late it is heard; a paid month is never rewritten, and its
lines add up to what is due; nothing is paid before it was granted by beschikking; a beschikking
never changes, and together they say what holds, or it is seen that something is to be decided.

Doorrekening: the exploitatie of WSD as a whole from its drivers (koersdocument.toml), of nobody in
particular. A kept scenario is of the organisation that made it; others see it when it is shared.
"""
