"""The event feed: what an afnemer may see, over HTTP, in the order in which it came.

Each afnemer has its own numbers, 1, 2, 3 … without gaps. A number is taken under a lock that is
held until the commit, so whoever sees number 8 has been able to see 1 to 7 as well: a reader that
continues after its last number misses nothing, however long a transaction took.
"""
