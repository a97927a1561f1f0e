"""Rules of the family ``html``."""
