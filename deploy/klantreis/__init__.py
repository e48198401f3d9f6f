"""A klantreis played through the public REST API: as a demonstration, and as a test of the chain.

- ``verbinding``: calls in a role, with a token of the development issuer
- ``verloop``: the steps of one klantreis
- ``volger``: what each afnemer's feed tells meanwhile
- ``spoor``: how it looks in the terminal
- ``handberekening``: the monthly loonkostensubsidie, worked out without the product
"""
