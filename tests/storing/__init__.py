"""Whether the whole chain ends as if nothing had happened, whatever was killed meanwhile.

``./meedoen test --storing tests/storing``; MEEDOEN_ZAAD=<seed> plays a run again.
"""
