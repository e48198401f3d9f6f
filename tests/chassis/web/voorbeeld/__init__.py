"""A service that exists for the tests of the web layer only: it keeps tasks.

It has one route of each kind, so that what is tested here holds for every service.
"""
