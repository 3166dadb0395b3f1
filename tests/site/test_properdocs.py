"""ProperDocs, the fork of MkDocs, builds the same site with the same plugin."""

import re
from pathlib import Path

import pytest

from tests.site.building import REPOSITORY, Built, run, seconds
from tests.site.conftest import Site
from tests.site.demo import DAY
from tests.site.links import broken_links
from tests.site.playbooks import make, small

_NAMES_ITS_MAKER = re.compile(r'<meta name="generator" content="[^"]*">|<!--.*?-->', re.DOTALL)


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Built:
    place = tmp_path_factory.mktemp("properdocs")
    done = run(
        "properdocs",
        "build",
        "--strict",
        "--config-file",
        str(REPOSITORY / "mkdocs.yml"),
        "--site-dir",
        str(place),
        folder=REPOSITORY,
        environment={"SOURCE_DATE_EPOCH": seconds(DAY)},
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return Built(place)


def same(html: str) -> str:
    return _NAMES_ITS_MAKER.sub("", html)


def test_it_builds_the_same_files(fork: Built, demo: Built) -> None:
    assert fork.files == demo.files


def test_every_page_is_the_same(fork: Built, demo: Built) -> None:
    different = [path for path in demo.html_files if same(fork.text(path)) != same(demo.text(path))]

    assert different == []


@pytest.mark.parametrize(
    "path", ["api/playbook.json", "api/playbook.schema.json", "search/current.json"]
)
def test_the_data_is_the_same(fork: Built, demo: Built, path: str) -> None:
    assert fork.text(path) == demo.text(path)


def test_its_links_lead_somewhere(fork: Built) -> None:
    assert broken_links(fork) == []


def test_it_counts_a_broken_record(root: Path, site: Site) -> None:
    files = {**small(), "hypotheses/bad.md": "---\nkind: hypothesis\ntitle: [\n---\n"}
    make(root, files)
    done = run("properdocs", "build", "--strict", "-f", "mkdocs.yml", folder=root)

    assert done.returncode == 1
    (warning,) = site(files).warnings
    assert warning in done.stderr
    assert "Traceback" not in done.stderr
