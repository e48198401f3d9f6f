"""The tables of financiering, one module per thing that is stored.

The row of the kandidaat is the lock: whoever learns something about a kandidaat or decides on money
for one holds it, so that facts of different services are handled one after the other.
"""
