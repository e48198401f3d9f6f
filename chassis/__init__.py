"""What every service stands on. It knows no domain and no service.

- ``clock``, ``settings``, ``encryption``, ``telemetry``: the surroundings
- ``database``, ``tenancy``, ``migrations``: a role, a schema and row-level security per service
- ``unit_of_work``, ``outbox``, ``relay``: a change and its events, all or nothing, in order
- ``bus``, ``consumer``: the same event handled once in effect, in order per aggregate
- ``timers``: deadlines that outlive a restart
- ``web``, ``access``: the REST side
- ``runtime``: one service at work
"""
