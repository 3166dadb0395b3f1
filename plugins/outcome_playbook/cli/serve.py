"""`playbook serve`: the playbook on this machine, rebuilt and reloaded at each change."""

import errno
import ipaddress
import os
import socket
import sys
from pathlib import Path

import click

from outcome_playbook.cli.common import could_not_run

FIRST_PORT = 8000
PORTS_TO_TRY = 100


def why_not(host: str, port: int) -> str | None:
    """Say why no server can listen on `port` of `host`, in words; None when one can.

    Raises:
        OSError: `host` itself is the trouble, so no other port would help.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            # As the server will: connections that a server just stopped left behind don't count.
            # (Elsewhere this option would share a port that is in use.)
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return "is taken by another program"
            if error.errno == errno.EACCES:
                return "is one this account may not use"
            raise
    return None


def address(host: str, port: int) -> str:
    """Join host and port as in a URL: an IPv6 address stands in square brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def visitable(host: str) -> str:
    """Return the address to type into a browser: "every address" (0.0.0.0, ::) is none."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (not bound here)


def choose_port(host: str, port: int | None) -> int:
    """Return the port to serve on: `port`, or the first free one, saying so if it isn't 8000.

    Raises:
        click.UsageError: the port asked for, or the host, can't be used (exit code 2).
    """
    try:
        reason = why_not(host, port or FIRST_PORT)
        if reason is None:
            return port or FIRST_PORT
        if port is not None:
            message = f"port {port} of {host} {reason}; without --port, a free one is taken"
            raise click.UsageError(message)
        others = range(FIRST_PORT + 1, FIRST_PORT + PORTS_TO_TRY)
        chosen = next((other for other in others if why_not(host, other) is None), None)
    except OSError as error:
        message = f"nothing can be served on {host}: {error.strerror}"
        raise click.UsageError(message) from error
    if chosen is None:
        message = f"ports {FIRST_PORT} to {others[-1]} of {host} are all taken; try another --port"
        raise click.UsageError(message)
    click.echo(f"Port {FIRST_PORT} {reason}; taking {chosen} instead.")
    return chosen


def check_host(_context: click.Context, _parameter: click.Parameter, host: str) -> str:
    """Refuse what MkDocs would refuse as an address, before we promise a URL."""
    if host != "localhost":
        try:
            ipaddress.ip_address(host)
        except ValueError:
            message = f"{host!r} is neither an IP address nor localhost"
            raise click.BadParameter(message) from None
    return host


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help=f"The port to serve on. Without it, the first free one from {FIRST_PORT} upward.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    callback=check_host,
    help="The address to serve on. 0.0.0.0 lets others on your network read along.",
)
@click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The playbook's mkdocs.yml. Default: the nearest one, here or above.",
)
def command(port: int | None, host: str, config_file: Path | None) -> None:
    """Serve the playbook here, and reload it in the browser at each change."""
    # Here, so that help loads nothing of it.
    from outcome_playbook.project import ProjectError, find_config

    try:
        config_file = config_file or find_config(Path.cwd())
    except ProjectError as error:
        could_not_run("serve", error)
    port = choose_port(host, port)
    # A site under a sub-path is served there; this address leads to it all the same.
    url = f"http://{address(visitable(host), port)}/"
    click.echo(f"Serving the playbook on {url} (stop with Ctrl+C)")
    sys.stdout.flush()
    # MkDocs takes the place of this process: one process to stop, and nothing between it and
    # Ctrl+C. Material's notice about its own future would push the address out of sight.
    environment = {"NO_MKDOCS_2_WARNING": "1", **os.environ}
    served = ["--config-file", str(config_file), "--dev-addr", address(host, port)]
    arguments = [sys.executable, "-m", "mkdocs", "serve", *served]
    os.execve(sys.executable, arguments, environment)  # noqa: S606 (no shell)
