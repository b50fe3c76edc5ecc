"""For every test: no network but this machine's own, Finnish, compiled translations."""

import fcntl
import socket

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Translations are compiled before the first test, by one process at a time."""
    from django.conf import settings

    from kutomo.config.catalogues import compile_stale

    folder = settings.ROOT / "locale"
    with open(folder / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        compile_stale(folder)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The process that sent the workers out throws away what they have kept for each other."""
    workers = session.config.pluginmanager.getplugin("dsession")
    if workers is not None:
        from tests.house import keeping

        keeping.forget(workers.nodemanager.testrunuid)


def _is_near(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a socket file
    host = address[0]
    if isinstance(host, bytes):
        host = host.decode()
    return host in ("", "localhost", "::1", "::", "0.0.0.0") or str(host).startswith("127.")


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """A test that would talk to another machine fails, and says to whom."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse(address: object) -> None:
        if not _is_near(address):
            raise AssertionError(f"A test tried to reach {address!r}; tests stay on this machine.")

    def near_connect(self, address):
        refuse(address)
        return connect(self, address)

    def near_connect_ex(self, address):
        refuse(address)
        return connect_ex(self, address)

    def near_look_up(host, *args, **kwargs):
        refuse((host or "", 0))
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", near_connect)
        patch.setattr(socket.socket, "connect_ex", near_connect_ex)
        patch.setattr(socket, "getaddrinfo", near_look_up)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """The writer of grouped commits lets go of the test database before it is dropped."""
    from kutomo.ground.commit import writer

    yield
    writer.stop()


@pytest.fixture(autouse=True)
def finnish():
    """Every test begins in the product's first language."""
    from django.utils import translation

    with translation.override("fi"):
        yield
