"""Jan at five gates: the case of bron 004, played through the public API with a moved clock."""
