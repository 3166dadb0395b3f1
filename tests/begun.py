"""What a link that begins a record carries, read as the host and then the check would read it."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.reading import read_record


@dataclass(frozen=True)
class Begun:
    """A new file on a host: its path in the repository, and what stands in it."""

    path: str
    file: RecordFile

    @property
    def given(self) -> dict[str, object]:
        """Return the fields that have a value, beside the kind and the status."""
        fields = self.file.front.fields
        return {k: v for k, v in fields.items() if v is not None and k not in ("kind", "status")}


def begun(address: str, branch: str = "main") -> Begun:
    """Return the file that a page of the host begins with."""
    parts = urlsplit(address)
    query = parse_qs(parts.query, strict_parsing=True)
    folder = unquote(parts.path).partition(f"/{branch}")[2].strip("/")
    path = "/".join(filter(None, (folder, query["filename"][0])))
    return Begun(path, read_record(path, query["value"][0].encode()))
