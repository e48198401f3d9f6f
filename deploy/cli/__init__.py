"""The commands of ``./meedoen``: one module each, with ``main(argv) -> exit code``."""
