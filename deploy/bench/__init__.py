"""Speed, as ratios within one run: what Meedoen does against the bare libraries doing the same.

Both sides run in turns on the same machine, PostgreSQL and Kafka, so that what else the machine
does weighs on both. A ratio of 1 means that Meedoen adds nothing; the aims stand in ``bench.py``.
"""
