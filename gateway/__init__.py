"""The one door of Meedoen: entry, event feed, developer portal, health of the whole.

- ``entry``: one address for all services; checks the token before anything goes on
- ``gebeurtenissen``: what an afnemer may see, to be read over HTTP in the order it came
- ``portaal``: the pages for developers, from own files
- ``gezondheid``: how the whole is doing, without its insides
- ``ontwikkeluitgever``: tokens for the local run, never in production
- ``service``: puts these together; ``python -m gateway`` runs it as a process of its own

It owns one schema (``gateway``): the events per afnemer. It hears every event of the four services
and says none. What must hold: an afnemer reads its own events and no other; the numbers in its feed
have no gaps, so whoever continues after a cursor has missed nothing.
"""
