"""Rules of plaatsing: where a kandidaat works, for how long, and why it ends."""
