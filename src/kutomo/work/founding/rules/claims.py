"""Claim codes: the only thread between an anonymous answer and its author, and only the author holds it.

A device keeps one code for a canvas. The code of one answer is the code, the question and a number joined by
dots; what stands before the last dot is the voice, so that three answers of one respondent to one question
count as one respondent. Nothing joins a respondent's answers to different questions without the code.
"""

import hashlib

from kutomo.ground.seal.claims import is_code, key_of, new_code, tidy

__all__ = ["answer_code", "is_code", "key_of", "new_code", "tidy", "voice_of"]


def answer_code(code: str, question: int, number: int) -> str:
    """The code of the ``number``-th answer (1-3) to a question."""
    return f"{code}.{question}.{number}"


def voice_of(canvas: int, question: int, code: str) -> str:
    """Which answers to one question come from one respondent."""
    stem = code.rpartition(".")[0] or code
    return hashlib.sha256(f"voice:{canvas}:{question}:{stem}".encode()).hexdigest()
