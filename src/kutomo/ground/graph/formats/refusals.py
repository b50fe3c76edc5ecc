"""What is wrong with a file, in a sentence that a person understands."""

from __future__ import annotations

from typing import NoReturn

from .plain import gettext_noop

SENTENCES = {
    "empty": gettext_noop("The file is empty."),
    "too-large": gettext_noop("The file is too large: at most %(most)s MB can be read."),
    "too-many-ties": gettext_noop("The file has more than %(most)s ties; so many cannot be read."),
    "too-many-nodes": gettext_noop("The file has more than %(most)s nodes; so many cannot be read."),
    "unknown-kind": gettext_noop("The kind of the file %(name)s is not known. Known endings: %(known)s."),
    "not-text": gettext_noop("The file is not text; it may be damaged or of another kind than its name says."),
    "no-columns": gettext_noop('The first row must name the columns "source" and "target". It has: %(found)s.'),
    "no-id-column": gettext_noop('The first row of the node file must name the column "id". It has: %(found)s.'),
    "no-column": gettext_noop('There is no column "%(column)s". There are: %(found)s.'),
    "column-twice": gettext_noop('The column "%(column)s" stands twice in the first row.'),
    "half-row": gettext_noop("Row %(row)s lacks one end of its tie."),
    "no-id": gettext_noop("Row %(row)s of the node file has no id."),
    "id-twice": gettext_noop('The id "%(id)s" stands twice among the nodes (row %(row)s).'),
    "not-a-number": gettext_noop('Row %(row)s: "%(value)s" is not a number.'),
    "not-positive": gettext_noop('Row %(row)s: the weight "%(value)s" must be above zero.'),
    "unknown-node": gettext_noop('Row %(row)s names "%(id)s", which is not among the nodes.'),
    "xml-entities": gettext_noop("The file declares entities or a document type. For safety such files are not read."),
    "xml-broken": gettext_noop("The file is not whole XML; reading stopped at line %(line)s."),
    "json-broken": gettext_noop("The file is not whole JSON; reading stopped at line %(line)s."),
    "no-graph": gettext_noop("There is no graph in the file."),
    "hyperedges": gettext_noop("The file has ties between more than two nodes; such ties cannot be read."),
    "two-mode": gettext_noop("The file ties two kinds of things to each other; only ties among one kind can be read."),
    "dl-format": gettext_noop('The form "%(form)s" of a DL file cannot be read; save it as edgelist1 or fullmatrix.'),
    "broken-line": gettext_noop("Line %(row)s cannot be understood: %(value)s"),
    "broken-workbook": gettext_noop("The workbook cannot be opened; it may be damaged or locked with a password."),
    "bomb": gettext_noop("The workbook unpacks to far more than it should. For safety it is not read."),
}


class FormatError(ValueError):
    """The file cannot be read. ``sentence % params`` says why in English; ``code`` names the kind."""

    def __init__(self, code: str, **params: object):
        self.code, self.params = code, params
        self.sentence = SENTENCES[code]
        super().__init__(code)

    def __str__(self) -> str:
        return self.sentence % self.params


def refuse(code: str, **params: object) -> NoReturn:
    """Raise a FormatError."""
    raise FormatError(code, **params)
