"""What other rooms may ask: frozen reports here, and ``knowledge``, ``own`` and ``waves`` in the files so named."""

from .report import latest_before, ready, report_of, reports

__all__ = ["latest_before", "ready", "report_of", "reports"]
