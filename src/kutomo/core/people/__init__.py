"""People: one account each, several addresses, three languages, no password.

A person is never told apart by organisation here: seats and roles are the networks' business.
"""
