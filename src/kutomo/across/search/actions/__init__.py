"""Filing: things that the log names, and all things by night."""

from .filing import file_all, file_new

__all__ = ["file_all", "file_new"]
