"""The form profile: which kind of collaboration do we resemble, and which do we want?

A mirror, not a test: seven readings by everybody, now and wanted, in a minute; read once at closing, never in
groups under five, never in a funder's report. It ranks no form above another and tells nobody's own answer.
"""
