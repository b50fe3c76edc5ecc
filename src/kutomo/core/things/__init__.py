"""The register of things and the trails between them.

A room says once how its things are named, linked and found; search, mentions and trails then need no
import of the room. Trails ("came from", "answers", "carries out") make the network's life traceable
without one room knowing another.
"""
