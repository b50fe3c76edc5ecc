from kutomo.core.talk.rules import mentioned

NAMES = {1: "Anna Aho", 2: "Anna Ahonen", 3: "Björn Berg"}


def test_the_longer_of_two_like_names_wins():
    assert mentioned("Hei @Anna Ahonen", NAMES) == [2]


def test_mentions_come_in_their_order_and_once():
    assert mentioned("@björn berg, @Anna Aho ja @Björn Berg", NAMES) == [3, 1]


def test_an_address_is_no_mention():
    assert mentioned("posti@Björn Berg", NAMES) == []
    assert mentioned("@ ja @@", NAMES) == []
