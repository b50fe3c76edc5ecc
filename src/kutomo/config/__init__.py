"""Wiring: settings, addresses, the clock, the command line and the demo.

May import every room; no room imports it.
"""
