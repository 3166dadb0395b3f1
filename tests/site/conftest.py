"""What the whole-site tests share: small playbooks, and the site of this repository."""

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.site.building import Built, build
from tests.site.demo import LAYOUTS, demo_in
from tests.site.playbooks import make


class Site(Protocol):
    """Writes a playbook, builds it and returns what came out."""

    def __call__(
        self,
        files: Mapping[str, str | bytes],
        options: Mapping[str, Any] | None = None,
        *,
        strict: bool = False,
        **config: Any,
    ) -> Built: ...


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return what builds a small playbook, each in a folder of its own."""
    numbers = count()

    def built(
        files: Mapping[str, str | bytes],
        options: Mapping[str, Any] | None = None,
        *,
        strict: bool = False,
        **config: Any,
    ) -> Built:
        folder = tmp_path_factory.mktemp(f"playbook{next(numbers)}-")
        return build(
            make(folder / "root", files, options, **config), folder / "site", strict=strict
        )

    return built


@pytest.fixture(scope="session")
def demo_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Return what gives the repository's own site in a layout, built once."""
    return lambda layout: demo_in(tmp_path_factory.getbasetemp(), layout)


@pytest.fixture(scope="session")
def demo(demo_of: Callable[[str], Built]) -> Built:
    """Return the repository's own site, as `make site` builds it."""
    return demo_of("as it is")


@pytest.fixture(params=sorted(LAYOUTS))
def layout(request: pytest.FixtureRequest) -> str:
    """Return the name of each way to lay out the repository's site."""
    return str(request.param)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an empty folder for a playbook."""
    return tmp_path / "root"
