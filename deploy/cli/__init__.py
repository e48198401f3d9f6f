"""The commands of ./meedoen: one file each, with a `main(argumenten) -> exit code`."""
