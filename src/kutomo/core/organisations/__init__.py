"""Organisations: associations, foundations, public bodies, companies, parishes, schools, informal groups.

An organisation never signs in; people sit for it in networks.
"""
