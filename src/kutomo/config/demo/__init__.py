"""The example network: Kynnyksen yli / Nätverket Över tröskeln, as it stands three months after its start.

All that is in it is invented and came about by the product's own actions, at moments relative to today. Nothing
here is needed by a real installation; it is never built into one.
"""

from .story import build, cast

__all__ = ["build", "cast"]
