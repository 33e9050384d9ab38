"""Which revisions are there? One module each, oldest first by number."""
