"""The ground: knows no word of our field; any web application could stand on it."""
