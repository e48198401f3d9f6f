"""Rules of intake: how a resident becomes a kandidaat, and who decides what about them."""
