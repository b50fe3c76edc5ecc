"""Networks and their seats.

An organisation holds a *seat*; people sit on it as representative or substitute, from a date to a date.
History, promises and the contact page stay with the seat when people change. Roles are offered and
accepted, never assigned. This room never knows what the network works on: that is storey work.
"""
