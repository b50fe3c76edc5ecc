"""One door for letters: written once in Markdown, sent as text and HTML, kept in an outbox until they are gone.

``outbox.put`` queues a letter in the caller's transaction; a job delivers it over SMTP, tries again for five
days when the server is away, and never sends one twice. Rooms use ``core.letters`` (people's wishes, the nudge
budget); only ``core.people`` comes straight here, for sign-in codes. No tracking, no remote pictures, ever.
"""
