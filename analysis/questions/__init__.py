"""Which questions can be asked of a build? Each takes a build, its filters and an audience, and gives a Released."""
