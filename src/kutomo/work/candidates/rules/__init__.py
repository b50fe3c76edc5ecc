"""What is true of candidates without a database: reading tables, mapping columns, likeness, states."""
