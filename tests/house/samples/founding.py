from kutomo.core.access.respondents import Respondent
from kutomo.core.people import queries as people
from kutomo.work.founding import actions, queries
from tests import make

CODE = "NAYTE-KOODI1"


def prepare(world):
    """A second version that is open for answers, its first question revealed."""
    leader, member, network = world.people["leader"], world.people["member"], world.network
    network.__dict__.pop("_roles", None)
    if queries.in_force(network):
        canvas = actions.renew(by=leader, network=network)
    else:
        canvas = queries.current(network) or actions.begin(by=leader, network=network)
    if not canvas.challenge:
        actions.freeze_challenge(by=leader, canvas=canvas, text="Kukaan ei kysy.")
    if canvas.state == "draft":
        canvas = actions.open(by=leader, canvas=canvas, letters=False)
    by = Respondent.of(member)
    for place in (1, 2, 3):
        actions.answer(by=by, canvas=canvas, question=1, text=f"Ajatus {place}", code=f"{CODE}{network.pk}.1.{place}")
    actions.reveal(by=leader, canvas=canvas, question=1)
    keys = sorted(answer.key for answer in queries.board(canvas, 1).answers)
    theme = actions.cluster(by=leader, canvas=canvas, question=1, answers=keys[:1], into="new", name="Tahti")
    wording = actions.write_sentence(by=leader, canvas=canvas, question=1, text="Soitamme.", answers=keys[:1])
    token = people.token_for(member, purpose="founding.answer", target=str(canvas.pk))
    world.notes["founding"] = {"canvas": canvas, "theme": theme, "wording": wording, "token": token, "answer": keys[-1]}


def sample(name, world):
    made = world.notes["founding"]
    match name:
        case "name_theme" | "mark_in_draft":
            return {"question": 1, "cluster": made["theme"].pk}
        case "move":
            return {"question": 1, "answer": made["answer"]}
        case "sentence" | "drop_sentence":
            return {"pk": made["wording"].sentence_id}
        case "choose_wording":
            return {"pk": made["wording"].pk}
        case "start_by_link" | "answered_by_link":
            return {"token": made["token"]}
    return {"token": made["token"], "question": 5}


def data(name, world):
    if name == "sign":
        return {"code": f"{CODE}{world.network.pk}", "question": "1", "line": "1", "sign": "anonymous"}
    return {"answer": world.notes["founding"]["answer"], "name": "Rytmi"}


def grow(world):
    """More members, answers and sentences: the pages must not ask more of the database for it."""
    canvas, leader = world.notes["founding"]["canvas"], world.people["leader"]
    for number in range(20):
        who = make.member(world.network, organisation=make.organisation())
        actions.answer(
            by=Respondent.of(who), canvas=canvas, question=2, text=f"Ajatus {number}", code=f"KASVU-{number:06}.2.1"
        )
        actions.write_sentence(by=leader, canvas=canvas, question=1, text=f"Lause {number}.")
