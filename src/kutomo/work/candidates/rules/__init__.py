"""What is true of candidates without a database: mapping columns, reading cells, likeness, states."""
