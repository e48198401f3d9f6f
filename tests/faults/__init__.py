"""Whether order and completeness survive writers in each other's way, kill -9 and duplicates."""
