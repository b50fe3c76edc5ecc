from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions import let_go
from .models import Thread
from .queries import own_rows, words_of

register(
    ThingKind(
        kind="talk.thread",
        model="talk.Thread",
        label=_("conversation"),
        icon="messages-square",
        url=lambda thread: reverse("talk:thread", args=[thread.network.slug, thread.pk]),
        title=lambda thread: thread.title,
        visible=lambda person: Thread.objects.visible_to(person).select_related("network"),
        text=words_of,
        reads=("posts",),
    )
)

belonging(
    Belonging(
        name="talk.posts",
        label=_("posts in conversations"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_("Your posts stay in the conversations without your name. Remove them first if you wish."),
    )
)
