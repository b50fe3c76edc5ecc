"""Arithmetic of founding, without Django: forms of collaboration, canvas indicators, likeness, pictures."""
