"""Rules of the family ``link``."""
