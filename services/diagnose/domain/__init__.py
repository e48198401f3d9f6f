"""Rules of diagnose: what WSD measures of a kandidaat, and what it advises on it."""
