"""The one gate. Every action that changes a network passes it."""

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from kutomo.ground.errors import NotAllowed

from .rules import Can, Role, capabilities


class HasRoles(Protocol):
    """What the gate asks of a network: the roles that a person holds in it now."""

    def roles_of(self, person: object) -> frozenset[Role]: ...


def may(by: object, can: Can, network: HasRoles) -> bool:
    """Whether ``by`` (a Person, or None for nobody) has the capability in ``network`` now."""
    return by is not None and can in capabilities(network.roles_of(by))


def require(by: object, can: Can, network: HasRoles) -> None:
    """Pass, or raise NotAllowed with the capability, so that the page can say whom to ask."""
    if not may(by, can, network):
        raise NotAllowed(_("You do not have a role that allows this here."), can=can, network=network)
