"""Lock what `setup.cfg` asks for, with hashes, for every platform and every Python that Cadre runs on."""

import configparser
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Locked by `make lock` from setup.cfg; change it there. Wheels only, for CPython 3.11 to 3.13.\n"
OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--python-version",
    "3.11",
    "--only-binary",
    ":all:",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--quiet",
)


def wanted(parser: configparser.ConfigParser) -> tuple[str, str]:
    """What the product needs, and what its developers need beside it."""
    return parser["options"]["install_requires"], parser["options.extras_require"]["dev"]


def lock(asked: str, target: Path, *constraints: str) -> None:
    """Resolve `asked` into `target`, keeping the versions already there unless `--upgrade` was typed."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "asked.in")
        source.write_text(asked, encoding="utf-8")
        uv = (sys.executable, "-m", "uv", "pip", "compile")
        subprocess.run([*uv, str(source), "--output-file", str(target), *OPTIONS, *constraints, *sys.argv[1:]], check=True)
    target.write_text(HEADER + target.read_text(encoding="utf-8").removeprefix(HEADER), encoding="utf-8")


def main() -> None:
    """Write both lock files, the second one on top of the first."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    runtime, dev = wanted(parser)
    product = ROOT / "requirements.txt"
    lock(runtime, product)
    lock(runtime + "\n" + dev, ROOT / "requirements-dev.txt", "--constraint", str(product))


if __name__ == "__main__":
    main()
