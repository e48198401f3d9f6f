"""Webhooks: what an afnemer may see, sent to an address of its own.

- ``abonnement``: what one is; ``beheer``: what its owner can do with it; ``api``: over HTTP
- ``uitkomst``: what an answer of a receiver means, and when to try again
- ``wachtrij``: what is sent when: in order per subject, with a breaker per receiver
- ``bezorger``: the worker that does it; ``store``, ``bezorging``: the rows
- ``afleveren``: one delivery, with ``zenden`` (HTTP), ``adres`` (where to, never into our own
  network), ``aanmelding`` (who we are) and ``ondertekening`` (that it is from us)
- ``berichten``: what is in it; ``toestemming``: whether the receiver wants it at all

Its source is the feed: an abonnement is a reader that remembers how far it has read. What must
hold: at least once, the same ``webhook-id`` each time, and of one subject the next event only after
the one before it has been delivered, or skipped by a human. What was not delivered is not removed.
"""
