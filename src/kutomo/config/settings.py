"""All settings. What an operator may change comes from the environment (env.py)."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from kutomo.ground.mail.url import read as read_mail_url

from . import env

PACKAGE, ROOT = env.PACKAGE, env.ROOT
DATA = env.data_folder()

DEBUG = env.flag("KUTOMO_DEBUG", about="Developers only: shows errors in the page.")
DEMO = env.flag("KUTOMO_DEMO", about="Example data, one-click entrance, letters shown instead of sent.")
SECRET_KEY = env.secret_key(DATA)
BASE_URL = env.text(
    "KUTOMO_URL", "http://127.0.0.1:8000", about="The address people use, without a final slash."
).rstrip("/")
SECURE = BASE_URL.startswith("https://")
ALLOWED_HOSTS = env.words("KUTOMO_HOSTS", "localhost,127.0.0.1,[::1],testserver", about="Host names that are answered.")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
OPEN_SIGN_UP = env.flag("KUTOMO_OPEN_SIGN_UP", True, about="May anybody with an e-mail address start a network?")
OPERATORS = env.words("KUTOMO_OPERATORS", about="E-mail addresses of the operators, comma-separated.")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    # The Simple configs leave the template loaders to us: the two would overwrite each other's (ADR 5).
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "kutomo.ground.ui",
    "kutomo.ground.mail",
    "kutomo.ground.jobs",
    "kutomo.core.things",
    "kutomo.core.activity",
    "kutomo.core.people",
    "kutomo.core.letters",
    "kutomo.core.organisations",
    "kutomo.core.networks",
    "kutomo.core.talk",
    "kutomo.core.consent",
    "kutomo.core.promises",
    "kutomo.work.candidates",
    "kutomo.work.profiles",
    "kutomo.work.founding",
    "kutomo.work.commitments",
    "kutomo.work.relations",
    "kutomo.work.netmap",
    "kutomo.work.introductions",
    "kutomo.work.decisions",
    "kutomo.work.exchange",
    "kutomo.work.ideas",
    "kutomo.work.results",
    "kutomo.work.meetings",
    "kutomo.across.home",
    "kutomo.across.notices",
    "kutomo.across.operator",
    "kutomo.across.fabric",
    "kutomo.across.search",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kutomo.core.people.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every page asks for sign-in unless its view says @login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "kutomo.ground.ui.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "kutomo.config.urls"
WSGI_APPLICATION = "kutomo.config.wsgi.application"

_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "kutomo.ground.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kutomo.config.navigation.navigation",
            ],
        },
    }
]
FORM_RENDERER = "kutomo.ground.ui.forms.Renderer"
COTTON_DIR = "components"

DATABASES = {"default": env.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Rate limits must hold over all processes, so the cache lives in the database.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people.actions confirms addresses, by code
SOCIALACCOUNT_ADAPTER = "kutomo.core.people.outside.SignOn"
SIGN_ONS = env.sign_ons()
if SIGN_ONS:  # it loads a whole HTTP client
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": SIGN_ONS, "OAUTH_PKCE_ENABLED": True}}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("KUTOMO_PROXIES", 0, about="How many proxies stand before Kutomo.")
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "home:my_networks"
LOGOUT_REDIRECT_URL = "home:front"

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [env.locale_folder()]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
CLOCK = "kutomo.config.clock.CLOCK"  # what happens by itself

MAIL_SERVER = read_mail_url(
    env.text("KUTOMO_MAIL_URL", about="smtp://user:password@host:587?tls=starttls, or smtps://host.")
)
DEFAULT_FROM_EMAIL = (
    env.text("KUTOMO_MAIL_FROM", about="Sender of all letters, as in: Kutomo <kutomo@example.org>.")
    or f"Kutomo <kutomo@{urlsplit(BASE_URL).hostname}>"
)
LETTER_DAYS = env.number("KUTOMO_LETTER_DAYS", 90, about="Days after which a letter's text is erased.")
ANSWER_MONTHS = env.number(
    "KUTOMO_ANSWER_MONTHS", 12, about="Months after which raw answers are erased, counted from the end of their round."
)
MEMBERSHIP_MONTHS = env.number(
    "KUTOMO_MEMBERSHIP_MONTHS", 24, about="Months after its end for which who sat where, and who had a role, is kept."
)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_SERVER.is_set else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.tls == "starttls", MAIL_SERVER.tls == "tls"
EMAIL_TIMEOUT = 20

SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Chromium checks where a posted form is redirected to: the buttons of the organisations' sign-ons.
        "form-action": [SELF, *{env.origin(one["settings"]["server_url"]) for one in SIGN_ONS}],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Refusals are no news, and their addresses may hold a mailed link's token.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
