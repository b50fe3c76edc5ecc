"""Pages of founding: the canvas, answering, the table, the proposal."""
