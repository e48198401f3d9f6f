"""A service that exists for the tests of the chassis only: it counts."""
