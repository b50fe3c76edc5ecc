"""The command `kutomo`. Django is loaded only by the commands that need it."""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import sys
import threading
from pathlib import Path

from . import analyse, env
from .plain import gettext as _, say, stop
from .supervisor import Child, Supervisor

THREADS = 16  # a request mostly waits: for the disk's commit or for the one lock that Python has


def main(words: list[str] | None = None) -> None:
    """The console script."""
    words = sys.argv[1:] if words is None else words
    if words[:1] == ["manage"]:
        manage(words[1:])
        return
    given = _parser().parse_args(words)
    try:
        given.run(given)
    except KeyboardInterrupt:
        sys.exit(130)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kutomo", description=_("A weaving mill for networks of organisations."))
    parser.set_defaults(run=lambda given: parser.print_help())
    commands = parser.add_subparsers(metavar=_("command"))

    def add(name: str, run, about: str) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(run=run)
        return command

    served = [
        add("demo", demo, _("Serve the example network; it is built the first time.")),
        add("serve", serve, _("Serve this installation: web pages and background work.")),
    ]
    for command in served:
        command.add_argument("--host", default="127.0.0.1", help=_("address to listen on (127.0.0.1)"))
        command.add_argument("--port", type=int, default=None, help=_("port (the variable PORT, else 8000)"))
        command.add_argument("--threads", type=int, default=THREADS, help=_("requests at a time in a process (16)"))
    served[0].add_argument("--fresh", action="store_true", help=_("throw the earlier example data away"))
    served[1].add_argument("--processes", type=int, default=1, help=_("web processes; with PostgreSQL one a core (1)"))
    served[1].add_argument("--no-migrate", action="store_true", help=_("leave the database's structure as it is"))
    served[1].add_argument("--no-worker", action="store_true", help=_("background work runs elsewhere"))
    add("worker", worker, _("Do the background work only."))
    add("migrate", migrate, _("Bring the database's structure up to date."))
    checked = add("doctor", doctor, _("Check the settings, the database and that letters go out."))
    checked.add_argument("--to", default="", metavar="ADDRESS", help=_("send a test letter there"))
    entered = add("sign-in", sign_in, _("Print a link that signs an operator in once; for when letters do not go out."))
    entered.add_argument("address", metavar="ADDRESS", help=_("the operator's e-mail address"))
    add("backup", backup, _("Write the whole installation into one file.")).add_argument("file", type=Path)
    add("restore", restore, _("Read a backup into an empty place.")).add_argument("file", type=Path)
    analyse.add(commands)
    add("manage", lambda given: manage([]), _("Any command of Django."))
    hidden = commands.add_parser("prepare")
    hidden.set_defaults(run=prepare)
    hidden.add_argument("--demo", action="store_true")
    hidden.add_argument("--no-migrate", action="store_true")
    return parser


# --- serving -----------------------------------------------------------------------------------------


def demo(given: argparse.Namespace) -> None:
    """The example network, in a folder of its own beside the real data."""
    from . import example

    os.environ["KUTOMO_DEMO"] = "1"
    os.environ.setdefault("KUTOMO_DATA", str(env.data_folder() / "demo"))
    port = _free_port(given)
    os.environ.setdefault("KUTOMO_URL", f"http://{_reachable(given.host)}:{port}")
    folder = env.data_folder()
    if given.fresh and (folder / "built").exists():
        shutil.rmtree(folder)
    example.make_ready(folder)
    _serve(given, port, processes=1, worker="inside")


def serve(given: argparse.Namespace) -> None:
    """This installation."""
    port = _free_port(given)
    os.environ.setdefault("KUTOMO_URL", f"http://{_reachable(given.host)}:{port}")
    if given.processes > 1 and not os.environ.get("KUTOMO_DATABASE"):
        say(_("Several web processes share one SQLite file: they wait for each other. Consider PostgreSQL."))
    ready = [sys.executable, "-m", "kutomo.config.cli", "prepare"]
    if given.no_migrate:
        ready.append("--no-migrate")
    if Child("prepare", ready).run() != 0:
        stop(_("The installation could not be made ready; the lines above say why."))
    _serve(given, port, processes=given.processes, worker="none" if given.no_worker else "beside")


def _serve(given: argparse.Namespace, port: int, processes: int, worker: str) -> None:
    """The web server, and the worker inside it or beside it, under one supervisor."""
    os.environ["KUTOMO_WORKER_INSIDE"] = "1" if worker == "inside" else ""
    # One heap for all threads: sixteen of them would keep sixteen times what a page needs.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    web = [sys.executable, "-m", "kutomo.config.server", "--host", given.host, "--port", str(port)]
    web += ["--processes", str(processes), "--threads", str(given.threads)]
    if worker == "beside" and processes == 1:
        web.append("--worker")  # the web process's parent does it
    children = [Child("web", web)]
    if worker == "beside" and processes > 1:
        children.append(Child("worker", [sys.executable, "-m", "kutomo.config.cli", "worker"]))
    supervisor = Supervisor(children)
    address = os.environ["KUTOMO_URL"]
    threading.Thread(target=_announce, args=(given.host, port, address, supervisor), daemon=True).start()
    sys.exit(supervisor.run())


def _announce(host: str, port: int, address: str, supervisor: Supervisor) -> None:
    """Say the address when the first page can be had, not before."""
    while not supervisor.stopping.wait(0.05):
        try:
            with socket.create_connection((_reachable(host), port), timeout=30) as asking:
                asking.sendall(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")
                asking.recv(16)
        except OSError:
            continue
        say(_("Kutomo is served at %(address)s  (stop with Ctrl+C)") % {"address": address})
        return


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host


def _free_port(given: argparse.Namespace) -> int:
    """The wished port; ends the command when another program has it."""
    try:
        port = given.port if given.port is not None else int(os.environ.get("PORT") or 8000)
    except ValueError:
        stop(_("The variable PORT must be a number."))
    family = socket.AF_INET6 if ":" in given.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((given.host, port))
        except PermissionError:
            stop(_("Port %(port)s needs an administrator's rights. Choose one above 1023.") % {"port": port})
        except (OSError, OverflowError):
            stop(_("Port %(port)s is taken or cannot be used. Choose another: PORT=8001") % {"port": port})
    return port


# --- what is done in a process that loads Django -------------------------------------------------------


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kutomo.config.settings")
    import django

    django.setup()


def prepare(given: argparse.Namespace) -> None:
    """Structure, cache, static files, translations; with --demo the example network too."""
    from . import prepare as steps

    _compile_translations()
    _django()
    steps.run(migrate=not given.no_migrate, demo=given.demo)


def _compile_translations() -> None:
    from .catalogues import compile_stale

    if os.access(env.locale_folder(), os.W_OK):
        compile_stale(env.locale_folder())


def migrate(given: argparse.Namespace) -> None:
    from . import prepare as steps

    _django()
    steps.migrate()
    say(_("The database is up to date."))


def worker(given: argparse.Namespace) -> None:
    """Until told to stop: jobs and the clock. A job in hand is finished, for three seconds at most."""
    import signal

    from .supervisor import die_with_parent

    die_with_parent()
    _django()
    from kutomo.ground.jobs import worker as jobs

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    running = jobs.start()
    while not stopping.wait(1):
        if not all(thread.is_alive() for thread in running.threads):
            stop(_("The background work broke off; see the lines above."))
    running.stop(3)


def sign_in(given: argparse.Namespace) -> None:
    """A one-time link for an operator, whoever sits at the terminal passes it on."""
    _django()
    from django.conf import settings
    from django.urls import reverse
    from django.utils.translation import override

    from kutomo.core.people import actions
    from kutomo.ground.errors import Refusal

    from .plain import language

    try:
        token = actions.make_link(email=given.address)
    except Refusal as refused:
        with override(language()):
            stop(str(refused))
    say(_("Open this link within ten minutes. It works once:"))
    say(f"{settings.BASE_URL}{reverse('people:link', args=[token])}")


def doctor(given: argparse.Namespace) -> None:
    from . import health

    _django()
    sys.exit(health.report(given.to))


def backup(given: argparse.Namespace) -> None:
    from . import backups

    _django()
    backups.write(given.file)


def restore(given: argparse.Namespace) -> None:
    from . import backups

    backups.read(given.file)


def manage(words: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kutomo.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kutomo manage", *words])


if __name__ == "__main__":
    main()
