"""The files of the index: compressed JSON, the same bytes for the same content."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any, Final

FOLDER: Final = "search"
CURRENT: Final = "current.json"
FORMAT: Final = 1

SMALLEST: Final = 9
USUAL: Final = 6  # a hundredth larger, in a fifth of the time
QUICK: Final = 4  # a twelfth larger, in a twentieth
# Without a name, a time or a system, which would differ from build to build.
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def as_json(content: Any) -> bytes:
    """Return content as JSON in as few bytes as it takes."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def compressed(content: bytes, level: int = USUAL) -> bytes:
    """Return content as gzip has it.

    A module of its own writes the system it ran on into the header, and differs between Pythons.
    """
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    sizes = zlib.crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(
        4, "little"
    )
    return _HEADER + deflate.compress(content) + deflate.flush() + sizes


def in_folder(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files in a folder named after all that is in them, and one that names it.

    A reader of an older page finds its old folder or none, and never half of two.
    """
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    folder = digest.hexdigest()[:16]
    named = {f"{FOLDER}/{folder}/{name}": content for name, content in files.items()}
    named[f"{FOLDER}/{CURRENT}"] = as_json({"format": FORMAT, "folder": folder}) + b"\n"
    return named
