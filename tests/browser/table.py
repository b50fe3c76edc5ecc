"""Run as a program in an installation's environment: a network whose first question has just been revealed.

Prints the path of the table. The leader is aino@example.org.
"""

import os

SAID = ("Joku soittaa kahdessa viikossa", "Soitto ajoissa", "Tieto yhteen paikkaan", "Kahvia ja seuraa")


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "kutomo.config.settings"
    import django

    django.setup()
    from django.db import transaction
    from django.urls import reverse

    from kutomo.core.access.respondents import Respondent
    from kutomo.work.founding import actions
    from tests import make

    with transaction.atomic():
        leader = make.person("Aino Aalto", "aino@example.org")
        network = make.network(leader, "Pöytä", challenge="Yksin ei pidä jäädä.")
        members = [make.member(network) for _text in SAID]
        canvas = actions.begin(by=leader, network=network)
        canvas = actions.open(by=leader, canvas=canvas, letters=False)
        for person, text in zip(members, SAID, strict=True):
            actions.answer(by=Respondent.of(person), canvas=canvas, question=1, text=text, code=actions.new_code())
        actions.reveal(by=leader, canvas=canvas, question=1)
    print(reverse("founding:table", args=[network.slug, 1]))


if __name__ == "__main__":
    main()
