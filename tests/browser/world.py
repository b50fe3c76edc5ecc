"""Run as a program in an installation's environment: builds the crawl's world there for good.

Prints one line of JSON: ``pages`` (URL name -> path) and ``cookies`` (role -> session).
"""

import json
import os


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "kutomo.config.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.utils import translation

    from tests.house import crawl

    settings.ALLOWED_HOSTS = ["*"]
    with translation.override("fi"):
        world = crawl.build_world()
        pages = {}
        for name, place in crawl.places().items():
            if place.is_taken("GET") and place.table.get("page", True):
                try:
                    pages[name] = place.address(world)
                except Exception as error:  # this page's own test says it; the others go on
                    pages[name] = f"!{type(error).__name__}: {error}"
        cookies = {}
        for role in world.people:
            cookies[role] = world.client(role).cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"pages": pages, "cookies": cookies, "network": world.network.slug}))


if __name__ == "__main__":
    main()
