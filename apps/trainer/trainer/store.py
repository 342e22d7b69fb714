"""The model on its volume: one JSON file, replaced whole, named by a hash of what it answers with."""

import hashlib
import json
import os
from pathlib import Path


def version(parameters: dict) -> str:
    """The same parameters have the same version, wherever and whenever they were trained."""
    text = json.dumps(parameters, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read(file: Path) -> "dict | None":
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return document if isinstance(document, dict) else None


def write(file: Path, document: dict) -> None:
    """Beside, to the disk, then renamed: a reader sees the old model or the new one, never a part."""
    beside = file.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as out:
        json.dump(document, out, indent=2)
        out.write("\n")
        out.flush()
        os.fsync(out.fileno())
    beside.chmod(0o644)
    beside.replace(file)
