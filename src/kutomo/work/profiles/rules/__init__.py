"""What is true of forms of collaboration without a database: arithmetic, the shape drawn, the words."""
