"""What is asked of the map, what is then seen, and where it stands on paper. Pure: no Django."""
