"""How signing in and one's own pages are shown."""
