"""Rules of the family ``suppression``: about the comments that switch other rules off."""
