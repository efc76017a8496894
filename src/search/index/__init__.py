"""Where do the words lie? Generations, how one is built, how one is read."""

from search.index.build import Report, check, is_current, rebuild, write
from search.index.reader import Reader, Shelf

__all__ = ["Reader", "Report", "Shelf", "check", "is_current", "rebuild", "write"]
