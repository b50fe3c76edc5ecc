"""The operator's pages: jobs, the clock, letters, the mail check, and whether the installation is well.

For those whose address stands in KUTOMO_OPERATORS. Shows states and errors, never what a network talks about;
a letter's words are shown only in the demo.
"""
