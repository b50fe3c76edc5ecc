"""Decisions: a proposal with its reasons, asked in one of six ways, and what came of it with the why.

Consent and consensus rounds are run by core/consent, promises to carry a decision out by core/promises, talk about
it by core/talk; this room holds the proposal, the other four ways of asking, the outcome and its review.

Never publishes a decision without a reason, never counts seats against each other in consent, never says who
answered what where it promised not to, never makes anybody an owner who has not said yes. The model room: when in
doubt about how a room is built, do as here (docs/guides/add-a-room.md).
"""
