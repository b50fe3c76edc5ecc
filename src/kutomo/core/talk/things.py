from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kutomo.core.things.register import ThingKind, register

from .models import Thread

register(
    ThingKind(
        kind="talk.thread",
        model="talk.Thread",
        label=_("conversation"),
        icon="messages-square",
        url=lambda thread: reverse("talk:thread", args=[thread.network.slug, thread.pk]),
        title=lambda thread: thread.title,
        visible=lambda person: Thread.objects.visible_to(person).select_related("network"),
        text=lambda thread: thread.title,
    )
)
