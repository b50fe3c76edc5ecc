from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions import let_go
from .models import Promise
from .queries import own_rows, visible_to

register(
    ThingKind(
        kind="promises.promise",
        model="promises.Promise",
        label=_("promise"),
        icon="handshake",
        url=Promise.get_absolute_url,
        title=lambda promise: promise.what,
        visible=visible_to,
        text=lambda promise: promise.what,
    )
)

belonging(
    Belonging(
        name="promises.own",
        label=_("promises"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_("Promises that you still owe are released and offered to your seat. Others stay without your name."),
    )
)
