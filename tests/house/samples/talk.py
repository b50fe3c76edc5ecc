from kutomo.core.talk import actions
from kutomo.core.talk.models import Post, Thread


def prepare(world):
    leader = world.people["leader"]
    thread = Thread.objects.filter(network=world.network).order_by("pk").first()
    if thread is None:
        thread = actions.start(
            by=leader,
            network=world.network,
            title="Mitä jää näkemättä?",
            body="Ajatus.",
            language="fi",
            key=f"sample-{world.network.pk}",
        )
    actions.write(by=leader, thread=thread, body="Toinen ajatus.", language="fi", key=f"second-{world.network.pk}")


def sample(name, world):
    own = Post.objects.filter(thread__network=world.network, author=world.people["leader"], removed_at=None)
    return {"pk": own.latest("pk").pk}


def grow(world):
    leader = world.people["leader"]
    for number in range(30):
        thread = actions.start(
            by=leader, network=world.network, title=f"Asia {number}", body="x", language="fi", key=f"grow-{number}"
        )
        actions.write(by=world.people["member"], thread=thread, body="y", language="fi", key=f"grow-b{number}")
