"""What is asked of people about candidates, invitations and joining."""

from .joining import DeclineForm, JoinForm, JoinLinkForm, ReasonForm
from .lists import CandidateForm, ConfirmForm, FindForm, InviteForm, InviterForm, MappingForm, MendForm, TableForm
from .replies import RecordForm, ReplyForm, SitForm, SuggestForm

__all__ = [
    "CandidateForm",
    "ConfirmForm",
    "DeclineForm",
    "FindForm",
    "InviteForm",
    "InviterForm",
    "JoinForm",
    "JoinLinkForm",
    "MappingForm",
    "MendForm",
    "ReasonForm",
    "RecordForm",
    "ReplyForm",
    "SitForm",
    "SuggestForm",
    "TableForm",
]
