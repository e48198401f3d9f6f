"""Tests of everything about running."""
