"""Rules of financiering: what the loonkostensubsidie of one employment is, month by month."""
