"""Running rules over a site. The engine knows no rule by name, prints nothing and writes no post."""
