from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kutomo.ground.errors import RuleBroken
from kutomo.ground.seal import Box, Unreadable

from ..rules import claims
from .canvas import Answer, Question

BOX = Box("founding.answer", size=1536)  # 200 characters and a guest's name, however they are written
LOST_KEY = _(
    "The answers were sealed with another secret key than the present one. Bring back the installation's old key."
)


class Sealed(models.Model):
    """An answer that waits for its reveal: closed under a key that is not in the database (ADR 22).

    Neither the key nor the body has anything in common with the Answer that it becomes; only the author's code
    leads to both.
    """

    key = models.CharField(max_length=64, primary_key=True)
    question = models.ForeignKey(Question, models.CASCADE, related_name="sealed")
    body = models.BinaryField()

    def opened(self) -> Answer:
        """The answer inside, not stored. Raises RuleBroken when the installation's key has changed."""
        try:
            return Answer(question=self.question, **BOX.open(self.body))
        except Unreadable:
            raise RuleBroken(LOST_KEY) from None

    def put(self, answer: Answer) -> None:
        """Shut ``answer`` in."""
        self.body = shut(answer)


def name_of(code: str) -> str:
    """Under which key the answer of that claim code lies while it is sealed."""
    return BOX.name(claims.tidy(code))


def shut(answer: Answer) -> bytes:
    """What is stored of ``answer`` before its reveal; equally long for all answers."""
    return BOX.close(
        {
            "key": answer.key,
            "voice": answer.voice,
            "text": answer.text,
            "language": answer.language,
            "sign": answer.sign,
            "person_id": answer.person_id,
            "guest": answer.guest,
            "organisation_id": answer.organisation_id,
        }
    )
