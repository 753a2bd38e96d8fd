"""Make `.venv` and install the locked wheels: `bootstrap.py runtime` or `bootstrap.py dev`; nothing when all is there.

Written so that an old Python can read it too, say so, and hand over to a newer one.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "cadre.json"
INSIDE = VENV / "bin" / "python"
TRANSLATIONS = ROOT / "training" / "translations"
OLDEST, NEWEST = (3, 11), (3, 13)
LOCKS = {"runtime": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}
SUITS = "import ensurepip, sys, venv; sys.exit(not {} <= sys.version_info[:2] <= {})".format(OLDEST, NEWEST)


def refuse(sentence: str) -> None:
    """Stop with one clear sentence and exit code 1."""
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


def say(sentence: str) -> None:
    """Tell what is being done, at once, so that a long wait is not a silent one."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def digest(*paths: Path) -> str:
    """The SHA-256 of the files' contents, in the order given."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def done() -> "dict[str, str]":
    """What the stamp in `.venv` says was installed; empty where there is none or its Python is gone."""
    if not INSIDE.exists() or not STAMP.exists():
        return {}
    return dict(json.loads(STAMP.read_text(encoding="utf-8")))


def note(**facts: str) -> None:
    """Write into the stamp what has just been finished."""
    made = done()
    made.update(facts)
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    fresh.replace(STAMP)


def suitable(python: str) -> bool:
    """Whether that interpreter is new enough, not too new, and can make virtual environments."""
    try:
        answer = subprocess.run([python, "-c", SUITS], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return False
    return answer.returncode == 0


def another_python() -> str:
    """A suitable interpreter among PATH's and pyenv's, newest first; empty where there is none."""
    names = ["python3.{}".format(minor) for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    found = [path for path in map(shutil.which, names) if path]
    found += [str(path) for name in names for path in sorted(pyenv.glob("*/bin/" + name), reverse=True)]
    return next(filter(suitable, found), "")


def python_to_use() -> str:
    """The interpreter that `.venv` is made with: this one where it suits, else another; refuses in one sentence."""
    if suitable(sys.executable):
        return sys.executable
    other = another_python()
    if other:
        return other
    version = "{}.{}".format(*sys.version_info)
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        refuse(
            "Python {0} here lacks venv or ensurepip: install them (on Debian: apt-get install python{0}-venv) and try again.".format(
                version
            )
        )
    refuse("Cadre needs Python 3.11, 3.12 or 3.13, and this is {} ({}): install one of them and try again.".format(version, sys.executable))
    return ""


def make_venv() -> None:
    """A fresh `.venv` with an empty stamp; what a broken or interrupted one left is cleared."""
    python = python_to_use()
    say("Making .venv with {} …".format(python))
    made = subprocess.run([python, "-m", "venv", "--clear", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if made.returncode != 0:
        refuse("The virtual environment .venv could not be made: {}".format(" ".join(made.stdout.decode(errors="replace").split())))
    STAMP.write_text("{}\n", encoding="utf-8")


def install(lock: Path) -> None:
    """Install the lock's wheels, each checked against its hash; nothing is built or resolved here."""
    started = time.monotonic()
    count = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    say("Installing up to {} locked packages from {} …".format(count, lock.name))
    pip = [str(INSIDE), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet", "--quiet", "--no-deps"]
    checks = ["--require-hashes", "--only-binary", ":all:", "--requirement", str(lock)]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment["PIP_ROOT_USER_ACTION"] = "ignore"
    if subprocess.run(pip + checks, env=environment, stdin=subprocess.DEVNULL, check=False).returncode != 0:
        refuse(
            "The locked packages could not be installed, for the reason above; mend it (network? disk?) and type the same command again."
        )
    say("Installed in {:.0f} s.".format(time.monotonic() - started))


def compile_translations() -> None:
    """Turn the committed `.po` files into the `.mo` files that the product reads, when they have changed."""
    sources = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))
    wanted = digest(*sources)
    if not sources or (done().get("translations") == wanted and all(path.with_suffix(".mo").exists() for path in sources)):
        return
    pybabel = [str(INSIDE), "-m", "babel.messages.frontend", "--quiet", "compile", "--directory", str(TRANSLATIONS)]
    for domain in sorted({path.stem for path in sources}):
        if subprocess.run([*pybabel, "--domain", domain], stdout=subprocess.DEVNULL, check=False).returncode != 0:
            refuse("The translations in {} could not be compiled, for the reason above.".format(TRANSLATIONS.relative_to(ROOT)))
    note(translations=wanted)


def prepare(kind: str) -> None:
    """Bring `.venv` to what the lock of this kind says; one at a time, so that two commands may start together."""
    locks = [ROOT / name for name in LOCKS[kind]]
    wanted = digest(*locks)
    if done().get(kind) == wanted:
        compile_translations()
        return
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "bootstrap.lock").open("w", encoding="utf-8") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if done().get(kind) != wanted:
            if not INSIDE.exists() or not STAMP.exists():
                make_venv()
            install(locks[-1])
            note(**{name: digest(*(ROOT / lock for lock in LOCKS[name])) for name in ("runtime", kind)})
        compile_translations()


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        refuse("Type one of: {}.".format(", ".join("bootstrap.py " + kind for kind in LOCKS)))
    prepare(sys.argv[1])
