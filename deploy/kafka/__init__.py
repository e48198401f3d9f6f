"""Apache Kafka: fetched with Maven, run on this machine, filled with the right topics."""
