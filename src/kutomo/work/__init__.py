"""Work: what a network does together, one room for one kind of work."""
