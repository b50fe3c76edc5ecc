from django.urls import path

from .views import entering, own

app_name = "people"
urlpatterns = [
    path("sign-in/", entering.sign_in, name="sign_in"),
    path("sign-in/code/", entering.code, name="code"),
    path("sign-in/code/again/", entering.code_again, name="code_again"),
    path("sign-in/arrive/", entering.arrive, name="arrive"),
    path("sign-in/welcome/", entering.welcome, name="welcome"),
    path("sign-in/passkey/", entering.passkey_entry, name="passkey_entry"),
    path("sign-in/passkey/begin/", entering.passkey_begin, name="passkey_begin"),
    path("sign-in/with/<slug:provider>/", entering.sign_on, name="sign_on"),
    path("sign-in/with/<slug:provider>/back/", entering.sign_on_back, name="sign_on_back"),
    path("sign-in/link/<str:token>/", entering.link, name="link"),
    path("sign-in/as/", entering.enter_as, name="enter_as"),
    path("sign-out/", entering.sign_out, name="sign_out"),
    path("language/", entering.language, name="language"),
    path("me/", own.me, name="me"),
    path("me/addresses/", own.addresses, name="addresses"),
    path("me/addresses/code/", own.address_code, name="address_code"),
    path("me/addresses/<int:pk>/primary/", own.address_primary, name="address_primary"),
    path("me/addresses/<int:pk>/remove/", own.address_remove, name="address_remove"),
    path("me/passkeys/", own.passkeys, name="passkeys"),
    path("me/passkeys/new/", own.passkey_new, name="passkey_new"),
    path("me/passkeys/<int:pk>/remove/", own.passkey_remove, name="passkey_remove"),
    path("me/sessions/", own.sessions, name="sessions"),
    path("me/sessions/end/", own.sessions_end, name="sessions_end"),
    path("me/sessions/<int:pk>/end/", own.session_end, name="session_end"),
    path("me/data/", own.export, name="export"),
    path("me/leave/", own.leave, name="leave"),
]
