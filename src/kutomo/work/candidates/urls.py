from django.urls import path

from .views import imports, invitations, joining, people, public

app_name = "candidates"
N = "n/<slug:network>/candidates/"
urlpatterns = [
    path(N, people.candidates, name="candidates"),
    path(f"{N}new/", people.add, name="add"),
    path(f"{N}<int:pk>/", people.candidate, name="candidate"),
    path(f"{N}<int:pk>/change/", people.change, name="change"),
    path(f"{N}<int:pk>/remove/", people.remove, name="remove"),
    path(f"{N}<int:pk>/agree/", people.agree, name="agree"),
    path(f"{N}<int:pk>/pass-on/", people.pass_on, name="pass_on"),
    path(f"{N}inviter/", people.propose_inviter, name="propose_inviter"),
    path(f"{N}take/", people.take, name="take"),
    # Letters and paper
    path(f"{N}invite/", invitations.invite, name="invite"),
    path(f"{N}invite/preview/", invitations.preview, name="preview"),
    path(f"{N}invite/send/", invitations.send, name="send"),
    path(f"{N}<int:pk>/paper/", invitations.paper, name="paper"),
    path(f"{N}<int:pk>/paper/make/", invitations.make_paper, name="make_paper"),
    path(f"{N}<int:pk>/answer/", invitations.record_reply, name="record_reply"),
    path(f"{N}<int:pk>/sit/", invitations.sit_on_behalf, name="sit_on_behalf"),
    # Tables
    path(f"{N}import/", imports.read, name="import"),
    path(f"{N}import/<int:pk>/", imports.check, name="check"),
    path(f"{N}import/<int:pk>/columns/", imports.columns, name="columns"),
    path(f"{N}import/<int:pk>/mend/", imports.mend, name="mend"),
    path(f"{N}import/<int:pk>/confirm/", imports.confirm, name="confirm"),
    path(f"{N}import/<int:pk>/drop/", imports.drop, name="drop"),
    path(f"{N}import/<int:pk>/undo/", imports.undo, name="undo"),
    # The public join link
    path(f"{N}join-link/", joining.join_link, name="join_link"),
    path(f"{N}join-link/close/", joining.close_link, name="close_link"),
    path(f"{N}join-link/renew/", joining.renew_link, name="renew_link"),
    path(f"{N}requests/", joining.requests, name="requests"),
    path(f"{N}requests/<int:pk>/accept/", joining.accept, name="accept"),
    path(f"{N}requests/<int:pk>/decline/", joining.decline, name="decline"),
    # Without an account
    path("invitation/", public.code, name="code"),
    path("invitation/<str:token>/", public.invitation, name="invitation"),
    path("invitation/<str:token>/yes/", public.yes, name="yes"),
    path("invitation/<str:token>/someone-else/", public.someone_else, name="someone_else"),
    path("invitation/<str:token>/not-me/", public.not_me, name="not_me"),
    path("invitation/<str:token>/again/", public.again, name="again"),
    path("invitation/<str:token>/done/", public.done, name="done"),
    path("join/<str:token>/", public.join, name="join"),
    path("join/<str:token>/asked/", public.asked, name="asked"),
]
