"""A failed job and a refused letter."""

from django_tasks_db.models import DBTaskResult

from kutomo.ground import clock, jobs
from kutomo.ground.mail import outbox
from kutomo.ground.mail.address import Addressee
from kutomo.ground.mail.models import Letter, State
from kutomo.ground.mail.writing import Written


def prepare(world) -> None:
    jobs.later("kutomo.ground.jobs.tasks.tidy")
    DBTaskResult.objects.update(status="FAILED", finished_at=clock.now(), traceback="OSError: no line")
    letter = outbox.put(Written("Aihe", "Kirje"), template="t", to=Addressee("x@example.org"), key="sample:operator")
    Letter.objects.filter(pk=letter.pk).update(state=State.FAILED, error="550 no such mailbox")
    world.notes |= {
        "operator:job": DBTaskResult.objects.filter(status="FAILED").first().pk,
        "operator:letter": letter.pk,
    }


def sample(name: str, world) -> dict:
    return {"pk": world.notes["operator:job" if name.startswith("job") else "operator:letter"]}
