"""Ground rules and commitment cards: how we go about things, and what each brings.

Rules are chosen from a deck (at most seven), agreed by a consent round, accepted by each member and reviewed.
A card says what somebody brings and looks for, as oneself or for an organisation; following from the side is
a full choice. Cards open only when people have met.

Never adds up or ranks what people give, never says who has not accepted, never binds an organisation that
has not itself confirmed.
"""
