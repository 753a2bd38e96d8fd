"""Vendored assets are what their manifest says: every file listed, every listed file there, every hash right."""

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "training" / "static" / "vendor"
KEYS = {"name", "version", "licence", "files"}


def listed(manifest: Path) -> tuple[dict[str, str], list[str]]:
    """The hash of each listed path, and what is wrong with the list itself."""
    hashes: dict[str, str] = {}
    wrong = []
    for part in json.loads(manifest.read_text(encoding="utf-8")):
        if missing := sorted(KEYS - part.keys()):
            wrong.append(f"{part.get('name', '?')} lacks {', '.join(missing)}")
        for file in part.get("files", []):
            if file["path"] in hashes:
                wrong.append(f"{file['path']} is listed twice")
            hashes[file["path"]] = file["sha256"]
    return hashes, wrong


def faults(vendor: Path) -> list[str]:
    """What differs between the folder and its manifest, a sentence each."""
    manifest = vendor / "manifest.json"
    if not manifest.exists():
        return [f"{manifest.relative_to(vendor.parent)} is missing"]
    hashes, wrong = listed(manifest)
    there = {path.relative_to(vendor).as_posix() for path in vendor.rglob("*") if path.is_file()} - {"manifest.json"}
    wrong += [f"{path} has no entry in the manifest" for path in sorted(there - hashes.keys())]
    wrong += [f"{path} is in the manifest and not in the folder" for path in sorted(hashes.keys() - there)]
    for path in sorted(there & hashes.keys()):
        if hashlib.sha256((vendor / path).read_bytes()).hexdigest() != hashes[path]:
            wrong.append(f"{path} is not what its hash says")
    return wrong


def main() -> int:
    """Print the faults; their absence is success."""
    if not VENDOR.is_dir():
        print("No vendored assets yet: training/static/vendor is not there.")
        return 0
    wrong = faults(VENDOR)
    print("\n".join(wrong) if wrong else "Every vendored file is what its hash says.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
