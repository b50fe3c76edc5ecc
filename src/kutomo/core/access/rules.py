"""The table of roles and capabilities. It is printed in the product and in docs/reference/permissions.md."""

from enum import StrEnum


class Can(StrEnum):
    """One deed that a role may do in a network."""

    SEE = "see"  # open the network's pages
    TALK = "talk"  # write in conversations
    ANSWER = "answer"  # answer questions, take a stance, hold a card
    CLUSTER = "cluster"  # group answers and name the groups
    PROPOSE = "propose"  # propose wordings, rules, candidates
    INTRODUCE = "introduce"  # see all suggestions and wishes to be introduced, and write to both
    INVITE = "invite"  # send a candidate's invitation as the one who invites
    RECORD = "record"  # enter paper or phone answers on behalf of somebody
    HOST = "host"  # run a meeting on the big screen
    CONVENE = "convene"  # create a meeting, edit its agenda
    MANAGE_CANDIDATES = "manage_candidates"  # import and assign candidates, open the join link
    LEAD_FOUNDING = "lead_founding"  # draft, open, reveal, propose and agree the canvas; run consent rounds
    MANAGE_SEATS = "manage_seats"  # give and end seats
    OFFER_ROLES = "offer_roles"  # offer a role to somebody, who accepts or not
    SETTLE = "settle"  # change the network's name, challenge, languages, stage


class Role(StrEnum):
    """A time-limited part that a person has been offered and has accepted."""

    OBSERVER = "observer"
    MEMBER = "member"
    SCOUT = "scout"
    WEAVER = "weaver"
    RECORDER = "recorder"
    HOST = "host"
    CO_LEADER = "co_leader"
    LEADER = "leader"


_OBSERVER = frozenset({Can.SEE})
_MEMBER = _OBSERVER | {Can.TALK, Can.ANSWER, Can.CLUSTER, Can.PROPOSE, Can.INVITE}
_HOST = _MEMBER | {Can.HOST, Can.CONVENE, Can.RECORD}
_LEADER = frozenset(Can)

ROLES: dict[Role, frozenset[Can]] = {
    Role.OBSERVER: _OBSERVER,
    Role.MEMBER: _MEMBER,
    Role.SCOUT: _MEMBER,
    Role.WEAVER: _MEMBER | {Can.INTRODUCE},
    Role.RECORDER: _MEMBER | {Can.RECORD},
    Role.HOST: _HOST,
    Role.CO_LEADER: _LEADER,
    Role.LEADER: _LEADER,
}


# Deeds that use a leader's power: every member sees them, with the reason (methods § A3).
POWERS: frozenset[Can] = frozenset(
    {Can.MANAGE_SEATS, Can.SETTLE, Can.OFFER_ROLES, Can.MANAGE_CANDIDATES, Can.LEAD_FOUNDING}
)


def capabilities(roles: frozenset[Role]) -> frozenset[Can]:
    """All that any of ``roles`` allows."""
    return frozenset().union(*(ROLES[role] for role in roles)) if roles else frozenset()


def holders_of(can: Can) -> list[Role]:
    """The roles that allow ``can``, widest last."""
    return [role for role, allowed in ROLES.items() if can in allowed]
