"""Applying fixes: edits by span, checks that each must pass, and the atomic write. Only this package writes a post."""
