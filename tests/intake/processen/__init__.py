"""Tests of the process files themselves: what they draw, and that a modeler can open them."""
