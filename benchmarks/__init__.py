"""Measurements run by hand; never part of the tests, for machines are noisy. Ratios within one run count."""
