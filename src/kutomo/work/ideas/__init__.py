"""Ideas: the nursery of unfinished thoughts, where others may ask, add and connect, and nothing is judged unasked.

An idea begins as a spark and grows when its author says so; others build on it with a line of credit; what falls
silent rests and can be woken. Signed with a name, with the organisation only, or really anonymous.

Never opens an idea to judgement before its author asks for it, never deletes one for silence, never tells or stores
who wrote an anonymous one, never takes one off the shelf for its quality, never sends one out of the network.
"""
