"""What is true of introductions and of the three building blocks, without a database."""
