"""numpy, loaded when the first graph is measured: no web process pays for it before that.

Whoever needs arrays writes ``from kutomo.ground.graph.arrays import np``; tests/house/test_start.py keeps watch.
Nothing may ask it for anything while a module is being loaded.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any


class Late:
    """A module that is loaded when something of it is asked for."""

    def __init__(self, name: str):
        self._name = name

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self._name), name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Words = NDArray[np.uint64]  # sixty-four yes or no each
    Smalls = NDArray[np.int8]
else:
    np = Late("numpy")
    NDArray = Ints = Floats = Bools = Words = Smalls = Any

__all__ = ["Bools", "Floats", "Ints", "Late", "NDArray", "Smalls", "Words", "np"]
