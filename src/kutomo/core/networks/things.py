from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions import leave_all
from .models import Seat
from .queries import own_rows, visible_to

register(
    ThingKind(
        kind="networks.seat",
        model="networks.Seat",
        label=_("seat"),
        icon="users",
        url=lambda seat: reverse("networks:seat", args=[seat.network.slug, seat.pk]),
        title=lambda seat: seat.name,
        visible=lambda person: Seat.objects.filter(network__in=visible_to(person)).select_related(
            "network", "organisation"
        ),
        text=lambda seat: f"{seat.name} {seat.contact}",
    )
)

belonging(
    Belonging(
        name="networks.seats",
        label=_("seats and roles"),
        export=own_rows,
        leave=lambda person: leave_all(by=person),
        stays=_("Your organisations keep their seats, and the history of the seats stays without your name."),
    )
)
