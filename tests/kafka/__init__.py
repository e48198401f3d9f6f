"""Tests of who may do what on Kafka."""
