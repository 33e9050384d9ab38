"""Where things are. Knows nothing of policing."""
