"""Rules of the family ``post``."""
