"""Looks over all rooms; no room imports it."""
