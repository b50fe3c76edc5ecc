from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind, Loudness, Motif, Part

# Answers leave no line here: a line would say who answered and when.
CANVAS_BEGUN = Kind("founding.begun", _("%(actor)s began a draft of the founding canvas."))
DRAFT_WRITTEN = Kind(
    "founding.draft_written", _("%(actor)s wrote on the draft of question %(number)s."), audience=Audience.LEADERS
)
SPARRING_NAMED = Kind(
    "founding.sparring_named", _("%(actor)s asked %(name)s to read the draft."), loudness=Loudness.DIGEST
)
CANVAS_OPENED = Kind("founding.opened", _("%(actor)s opened the five questions for answers."), loudness=Loudness.NOW)
DEADLINE_MOVED = Kind(
    "founding.deadline_moved",
    _("%(actor)s gave more time to answer: until %(day)s."),
    loudness=Loudness.DIGEST,
)
HALF_TIME = Kind("founding.half_time", _("Half of the answering time has passed."), loudness=Loudness.DIGEST)
QUESTION_REVEALED = Kind("founding.question_revealed", _("The answers to question %(number)s are open to all."))
CANVAS_REVEALED = Kind(
    "founding.revealed", _("All answers and the draft are open to all at once."), loudness=Loudness.NOW
)
THEME_NAMED = Kind("founding.theme_named", _("%(actor)s named a theme: %(title)s"))
NOTE_WRITTEN = Kind("founding.note_written", _("%(actor)s wrote what was said about question %(number)s."))
SENTENCE_WRITTEN = Kind(
    "founding.sentence_written",
    _("%(actor)s wrote a sentence into the proposal for question %(number)s."),
    part=Part.DISCUSSION,
)
WORDING_CHOSEN = Kind("founding.wording_chosen", _("%(actor)s chose between two wordings in question %(number)s."))
SENTENCE_DROPPED = Kind("founding.sentence_dropped", _("%(actor)s left out a sentence of question %(number)s."))
CANVAS_PROPOSED = Kind("founding.proposed", _("%(actor)s brought the proposal to be agreed."), loudness=Loudness.NOW)
CANVAS_REWORKED = Kind(
    "founding.reworked",
    _("The proposal goes back to be written again, with those who objected."),
    loudness=Loudness.DIGEST,
)
CANVAS_AGREED = Kind(
    "founding.agreed",
    _("The founding canvas has been agreed. Next review: %(day)s."),
    loudness=Loudness.NOW,
    motif=Motif.AGREEMENT,
)
PAPER_ENTERED = Kind("founding.paper_entered", _("%(actor)s entered answers that somebody gave on paper or by phone."))
RAW_ERASED = Kind(
    "founding.raw_erased",
    _("The raw answers of founding canvas version %(number)s were erased. What was agreed stays."),
)
