"""Writes PNG files with a palette, as small as zlib makes them. No library is needed for it."""

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BITS, _PALETTE = 8, 3


def indexed(width: int, height: int, palette: bytes, pixels: bytes) -> bytes:
    """Return a PNG file.

    ``palette`` has three bytes a colour, red, green and blue; ``pixels`` one byte a pixel, its
    place in the palette, row by row from the top.

    Raises:
        ValueError: the palette or the number of pixels does not fit.
    """
    if len(palette) % 3 or not 0 < len(palette) <= 3 * 256:
        raise ValueError("A palette has three bytes for each of 1 to 256 colours.")
    if len(pixels) != width * height:
        raise ValueError(f"{width} by {height} pixels are not {len(pixels)}.")
    # 0 before each row: it stands there as it is.
    rows = b"".join(b"\0" + pixels[y * width : (y + 1) * width] for y in range(height))
    return b"".join(
        [
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, _EIGHT_BITS, _PALETTE, 0, 0, 0)),
            _chunk(b"PLTE", palette),
            _chunk(b"IDAT", zlib.compress(rows, level=9)),
            _chunk(b"IEND", b""),
        ]
    )


def size(png: bytes) -> tuple[int, int]:
    """Return the width and the height of a PNG file in pixels."""
    width, height = struct.unpack_from(">II", png, len(_SIGNATURE) + 8)
    return width, height


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
