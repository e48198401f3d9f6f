"""The bus: messages out and in, in order per key. Two implementations, one conformance suite."""

from chassis.bus.protocol import Bus, BusUnavailableError, Handler, Message

__all__ = ["Bus", "BusUnavailableError", "Handler", "Message"]
