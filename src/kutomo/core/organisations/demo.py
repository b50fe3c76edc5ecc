"""The example network's organisations: what they tell about themselves, and who belongs to whom."""

from kutomo.core.people.demo import Cast

from . import actions, rules
from .models import Organisation


def weave(cast: Cast) -> None:
    """Each organisation is met, and one of its people tells the rest."""
    rows = cast.material["organisations"]["organisation"]
    for row in rows:
        town = rules.municipality(row["municipality"])
        speaker = cast.people[row["speaker"]]
        organisation = actions.meet(
            by=cast.leader,
            name=row["name"],
            municipality=town.code if town else "",
            kind=row["kind"],
            is_example=True,
        )
        actions.belong(by=cast.leader, organisation=organisation, person=speaker)
        cast.organisations[row["number"]] = actions.change(
            by=speaker,
            organisation=organisation,
            kind=row["kind"],
            municipality=town.code if town else "",
            county=town.county.code if town else "",
            themes=row["themes"],
            web=f"https://{row['mail']}",
            is_economic=row.get("economic", False),
        )
        if contact := row.get("contact"):
            actions.add_contact(by=speaker, organisation=cast.organisations[row["number"]], **contact)
    for row in rows:
        if parent := row.get("parent"):
            actions.change(
                by=cast.people[row["speaker"]],
                organisation=cast.organisations[row["number"]],
                parent=cast.organisations[parent],
            )
    Organisation.objects.filter(pk__in=[one.pk for one in cast.organisations.values()]).update(is_example=True)
