"""Arithmetic of meetings: agenda, pairs, codes, pulse. No Django, no database."""
