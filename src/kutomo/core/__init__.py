"""The core: who we are, and the means that every room of work needs."""
