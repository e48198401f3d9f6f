"""A second service for the tests of the chassis: it hears what the test service counts."""
