"""Deeds of the room: ``waves`` and their letters, ``answering`` one's own part, ``places`` on the map and erasure,
``knowledge`` ticked after talking in pairs.
"""
