"""The pictures that README and handbook show: all there, light, and PNG files that hold good."""

import struct
import zlib

import pytest

from tools.pictures import MOST, MOST_EACH, PICTURES, WANTED, with_sizes
from tools.png import indexed, size
from tools.recordings import NAMES as RECORDINGS


def chunks(png: bytes) -> dict[bytes, bytes]:
    """Return the chunks of a PNG file, after looking at the sum of each."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    found, at = {}, 8
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        name, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack_from(">I", png, at + 8 + size) == (zlib.crc32(name + data),)
        found[name] = data
        at += 12 + size
    return found


def test_every_picture_is_there_and_no_other() -> None:
    pictures = {f"{name}.png" for name in WANTED}
    recordings = {f"{name}.svg" for name in RECORDINGS}
    assert {path.name for path in PICTURES.iterdir()} == pictures | recordings


def test_the_pictures_are_light_and_as_wide_as_they_should_be() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    for name, wanted in WANTED.items():
        png = (PICTURES / f"{name}.png").read_bytes()
        width, height = size(png)
        assert chunks(png)[b"IHDR"] == struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
        assert width == wanted.width * wanted.scale
        assert 0.5 * wanted.height * wanted.scale < height <= wanted.height * wanted.scale + 2
    assert max(sizes.values()) <= MOST_EACH
    assert sum(sizes.values()) <= MOST


def test_the_handbook_says_how_large_its_pictures_are() -> None:
    shown = 0
    for page in PICTURES.parent.glob("*.md"):
        text = page.read_text("utf-8")
        assert with_sizes(text) == text, f"`make pictures` mends {page.name}"
        shown += text.count("](pictures/")
    assert shown

    assert 'width="704" height="' in with_sizes(
        '![New](pictures/terminal-new.svg){ width="1" height="2" }'
    )
    width, height = size((PICTURES / "home.png").read_bytes())
    written = '![Home](pictures/home.png){ .wide width="1" height="2" loading="lazy" }'
    fitting = (
        f'![Home](pictures/home.png){{ .wide width="{width}" height="{height}" loading="lazy" }}'
    )
    assert with_sizes(written) == fitting


def test_a_picture_holds_its_colours_and_pixels() -> None:
    palette, pixels = bytes([0, 0, 0, 255, 255, 255, 200, 0, 0]), bytes([0, 1, 2, 2, 1, 0])
    found = chunks(indexed(3, 2, palette, pixels))
    assert list(found) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    assert found[b"IHDR"] == struct.pack(">IIBBBBB", 3, 2, 8, 3, 0, 0, 0)
    assert found[b"PLTE"] == palette
    assert zlib.decompress(found[b"IDAT"]) == b"\0\0\1\2" + b"\0\2\1\0"


@pytest.mark.parametrize(
    ("palette", "pixels"),
    [(b"", b"\0"), (b"\0\0", b"\0"), (b"\0" * 771, b"\0"), (b"\0\0\0", b"\0\0")],
)
def test_what_makes_no_picture_is_refused(palette: bytes, pixels: bytes) -> None:
    with pytest.raises(ValueError, match=r"colours|pixels"):
        indexed(1, 1, palette, pixels)
