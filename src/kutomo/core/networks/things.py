from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kutomo.core.things.register import ThingKind, register

from .models import Seat
from .queries import visible_to

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
