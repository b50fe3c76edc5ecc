"""The link of a letter to the example network's leader."""

from kutomo.core.letters.queries import unsubscribe_token
from kutomo.ground.mail.address import Addressee


def sample(name: str, world) -> dict:
    return {"token": unsubscribe_token(Addressee.of(world.people["leader"]).key, "candidates.invitation")}
