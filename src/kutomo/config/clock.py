"""ALL that happens by itself: when, which job, why. Times are Helsinki's; the worker keeps it (ground/jobs)."""

from django.utils.translation import gettext_lazy as _

from kutomo.ground.clock import Daily, Every
from kutomo.ground.jobs.schedule import Line

CLOCK = [
    Line(Every(2), "kutomo.across.search.tasks.file_new", _("New and changed things are filed for the search.")),
    Line(Daily("02:40"), "kutomo.across.search.tasks.file_all", _("The search's index is checked from end to end.")),
    Line(Every(10), "kutomo.across.fabric.tasks.weave", _("New rows of the fabric are woven.")),
    Line(Every(10), "kutomo.ground.mail.tasks.resume", _("Letters whose job was lost are queued again.")),
    Line(Daily("03:10"), "kutomo.ground.mail.tasks.erase_old", _("Bodies of old letters are erased.")),
    Line(Daily("03:20"), "kutomo.ground.jobs.tasks.tidy", _("Jobs that went well are forgotten after two weeks.")),
    Line(Daily("03:30"), "kutomo.core.people.tasks.tidy", _("Used codes and ended sessions are erased.")),
    Line(Daily("06:10"), "kutomo.work.profiles.tasks.keep_dates", _("Form profiles whose time is up are read.")),
    Line(Every(10), "kutomo.work.meetings.tasks.mix", _("The order in which answers came is shuffled away.")),
    Line(Every(10), "kutomo.work.profiles.tasks.mix", _("The order in which answers came is shuffled away.")),
    Line(Every(10), "kutomo.work.founding.tasks.mix", _("The order in which answers came is shuffled away.")),
    Line(Daily("06:00"), "kutomo.work.founding.tasks.keep_dates", _("The founding canvas keeps its dates.")),
    Line(
        Daily("06:15"),
        "kutomo.work.relations.tasks.waves.keep_dates",
        _("Relationship surveys open and close on their days."),
    ),
    Line(
        Daily("09:15"),
        "kutomo.work.relations.tasks.waves.remind",
        _("Those who have not answered a relationship survey are reminded, twice at most."),
    ),
    Line(
        Daily("03:45"),
        "kutomo.work.relations.tasks.waves.erase_raw",
        _("Answers to relationship surveys whose time is up are deleted."),
    ),
    Line(Daily("05:20"), "kutomo.work.introductions.tasks.read_blocks", _("The three building blocks are read.")),
    Line(
        Daily("09:20"),
        "kutomo.work.introductions.tasks.tend",
        _("Questions about introductions go away, and people are asked what came of them."),
    ),
    Line(Daily("08:00"), "kutomo.across.notices.tasks.weekly", _("Weekly letters go to those whose day it is.")),
    Line(Daily("04:10"), "kutomo.across.notices.tasks.tidy", _("What was put aside and has come back is forgotten.")),
    Line(Daily("04:20"), "kutomo.core.networks.tasks.forget_past", _("Memberships that ended long ago are forgotten.")),
    Line(Daily("04:30"), "kutomo.work.founding.tasks.erase_raw", _("Raw answers to agreed canvases are erased.")),
    Line(Daily("04:35"), "kutomo.work.meetings.tasks.erase_raw", _("Raw answers of old meetings are erased.")),
    Line(Daily("04:40"), "kutomo.work.profiles.tasks.erase_raw", _("Raw readings of old form profiles are erased.")),
    Line(Every(60), "kutomo.work.commitments.tasks.settle", _("Ground rules whose time to answer is up are settled.")),
    Line(Daily("09:00"), "kutomo.core.consent.tasks.remind", _("Seats that have not answered are asked again, once.")),
    Line(Daily("04:00"), "kutomo.core.promises.tasks.pass_on", _("What leavers owed is offered to their seats.")),
    Line(Daily("09:15"), "kutomo.core.promises.tasks.remind", _("Doers are asked about promises whose day is near.")),
    Line(Every(60), "kutomo.work.decisions.tasks.settle", _("Questions whose time is up are closed.")),
    Line(Daily("07:00"), "kutomo.work.decisions.tasks.come_back", _("Decisions whose review day has come return.")),
    Line(Daily("09:20"), "kutomo.work.decisions.tasks.remind", _("Those who have not answered are asked again, once.")),
    Line(Daily("06:20"), "kutomo.work.exchange.tasks.keep_dates", _("Needs and offers whose day has passed lapse.")),
    Line(Daily("09:25"), "kutomo.work.exchange.tasks.tend", _("Help that stands still is reminded of, or ended.")),
    Line(Daily("09:30"), "kutomo.work.ideas.tasks.tend", _("Silent ideas go to rest; their authors are asked first.")),
    Line(Every(60), "kutomo.work.results.tasks.settle", _("Questions whether a goal is reached are settled.")),
    Line(Daily("09:35"), "kutomo.work.results.tasks.tend", _("Owners of goals that are near are asked for evidence.")),
    Line(
        Daily("03:40"), "kutomo.work.candidates.tasks.tidy", _("People who never answered an invitation are forgotten.")
    ),
    Line(Daily("09:05"), "kutomo.work.candidates.tasks.remind", _("Unanswered invitations are reminded of, once.")),
    Line(Daily("09:10"), "kutomo.work.commitments.tasks.tend_cards", _("Holders are asked about cards that end soon.")),
]
