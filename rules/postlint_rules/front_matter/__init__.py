"""Rules of the family ``front-matter``."""
