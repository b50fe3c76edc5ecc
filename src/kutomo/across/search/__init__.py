"""Search over all things that the reader may open, in Finnish, Swedish and English.

A job files each thing that the log names under the terms of its words (ground/analyser). A question becomes terms,
too; what matches is asked of the thing's own room again, so nobody sees a hit, a count or a suggestion of something
they may not open. The same terms and the same order on SQLite (FTS5) and PostgreSQL (tsvector).
"""
