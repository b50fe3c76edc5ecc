"""The figures that the project promises, measured on this machine: ``python -m bench``.

Everything runs against the real command ``kutomo serve`` on the loopback, with data made by the product's own
actions. docs/performance.md says what is promised and what was measured last.
"""
