"""Rules of the family ``taxonomy``."""
