from .inside import close_link, data, file, links, map, matrix, member, members, text
from .public import (
    public_data,
    public_file,
    public_map,
    public_matrix,
    public_member,
    public_members,
    public_text,
)

__all__ = [
    "close_link", "data", "file", "links", "map", "matrix", "member", "members", "public_data", "public_file",
    "public_map", "public_matrix", "public_member", "public_members", "public_text", "text",
]  # fmt: skip
