"""A failed job and a refused letter."""

from django_tasks_db.models import DBTaskResult

from kutomo.ground import clock, jobs
from kutomo.ground.jobs.models import Heartbeat
from kutomo.ground.mail import outbox
from kutomo.ground.mail.address import Addressee
from kutomo.ground.mail.models import Letter, State
from kutomo.ground.mail.writing import Written


def prepare(world) -> None:
    jobs.later("kutomo.ground.jobs.tasks.tidy")
    DBTaskResult.objects.update(status="FAILED", finished_at=clock.now(), traceback="OSError: no line")
    letter = outbox.put(Written("Aihe", "Kirje"), template="t", to=Addressee("x@example.org"), key="sample:operator")
    Letter.objects.filter(pk=letter.pk).update(state=State.FAILED, error="550 no such mailbox")
    # A worker lives and nothing is late, so that /health/ says 200; its 503 is tested in the room.
    Heartbeat.objects.create(worker="sample", started_at=clock.now(), seen_at=clock.now())
    Letter.objects.filter(state=State.QUEUED).update(state=State.KEPT)
    DBTaskResult.objects.filter(status="READY").delete()
    world.notes |= {
        "operator:job": DBTaskResult.objects.filter(status="FAILED").first().pk,
        "operator:letter": letter.pk,
    }


def sample(name: str, world) -> dict:
    return {"pk": world.notes["operator:job" if name.startswith("job") else "operator:letter"]}
