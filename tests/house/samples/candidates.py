from kutomo.work.candidates import actions, queries


def prepare(world):
    """A candidate the member was asked to invite, an invited one, two imports, a join link and a request."""
    leader, member, network = world.people["leader"], world.people["member"], world.network
    network.__dict__.pop("_roles", None)
    asked = actions.add(by=leader, network=network, name="Taisto Kyselijä", email="taisto.k@example.org")
    actions.propose_inviter(by=leader, network=network, candidates=[asked], person=member)
    invited = actions.add(by=leader, network=network, name="Saara Kutsuttu", email="saara.k@example.org")
    invitation = actions.invite(by=leader, candidates=[invited], words={})[0]
    replied = actions.add(by=leader, network=network, name="Reino Vastaaja", phone="040 1234567")
    actions.record_reply(by=leader, candidate=replied, reply="yes")
    done = actions.confirm(
        by=leader, source=actions.read(by=leader, network=network, text="Uusi Alku ry\nToinen Alku ry")
    )
    checked = actions.read(by=leader, network=network, text="Kolmas Alku ry\nNeljäs Alku ry")
    link = queries.join_link(network)
    if link is None or not link.is_open:
        link = actions.open_link(by=leader, network=network, questions=["Miksi?"], reason="Haemme väkeä.")
    request = actions.ask(link=link, name="Nea Pyytäjä", email="nea.p@example.org", answers=["Siksi."])
    world.notes["candidates"] = {
        "asked": asked,
        "replied": replied,
        "invitation": invitation,
        "done": done,
        "checked": checked,
        "link": link,
        "request": request,
    }


def sample(name, world):
    made = world.notes["candidates"]
    match name:
        case "invitation" | "yes" | "someone_else" | "not_me" | "again" | "done":
            return {"token": made["invitation"].token}
        case "join" | "asked":
            return {"token": made["link"].token}
        case "check" | "columns" | "mend" | "confirm" | "drop":
            return {"pk": made["checked"].pk}
        case "undo":
            return {"pk": made["done"].pk}
        case "accept" | "decline":
            return {"pk": made["request"].pk}
        case "sit_on_behalf":
            return {"pk": made["replied"].pk}
    return {"pk": made["asked"].pk}


def grow(world):
    leader, network = world.people["leader"], world.network
    for number in range(20):
        actions.add(
            by=leader, network=network, organisation_name=f"Kasvava {number} ry", email=f"k{number}@example.org"
        )
    actions.read(by=leader, network=network, text="\n".join(f"Rivi {number} ry" for number in range(60)))
