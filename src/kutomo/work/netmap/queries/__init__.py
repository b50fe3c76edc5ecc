"""What the map shows, to whom, in which words and files."""

from .doors import Door, address_of, links, own_rows, through, token_of, within

__all__ = ["Door", "address_of", "links", "own_rows", "through", "token_of", "within"]
