from kutomo.core.access import ROLES, Can, Role
from kutomo.core.access.rules import capabilities, holders_of


def test_every_role_may_at_least_see():
    assert all(Can.SEE in allowed for allowed in ROLES.values())


def test_an_observer_only_sees():
    assert ROLES[Role.OBSERVER] == {Can.SEE}


def test_only_leaders_give_seats():
    assert holders_of(Can.MANAGE_SEATS) == [Role.CO_LEADER, Role.LEADER]


def test_capabilities_add_up_over_roles():
    assert capabilities(frozenset({Role.OBSERVER, Role.RECORDER})) >= {Can.RECORD, Can.SEE}
    assert capabilities(frozenset()) == frozenset()
