"""Translations are complete: every text of the product has its Russian; `--update` collects texts and compiles the catalogue."""

import re
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import _parse_mapping_toml
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
RUSSIAN = ROOT / "training" / "translations" / "ru" / "LC_MESSAGES" / "messages.po"
SOURCES = ("training", "seeds", "templates")
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2), "lazy_pgettext": ((1, "c"), 2)}
HEADER = "# The product in Russian; `make messages` collects the texts.\n"
PLACEHOLDER = re.compile(r"(?<!%)%\((\w+)\)[a-z]")


def texts() -> Catalog:
    """Every text to translate, extracted afresh from code and templates."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        methods, options = _parse_mapping_toml(file, filename="pyproject.toml", style="pyproject.toml")
    catalog = Catalog(project="Cadre")
    for source in filter(Path.is_dir, (ROOT / name for name in SOURCES)):
        mapping = [
            (pattern.removeprefix(f"{source.name}/"), method) for pattern, method in methods if pattern.startswith(f"{source.name}/")
        ]
        choices = {pattern.removeprefix(f"{source.name}/"): chosen for pattern, chosen in options.items()}
        for name, _line, message, comments, context in extract_from_dir(source, mapping, choices, keywords=KEYWORDS):
            catalog.add(message, None, [(f"{source.name}/{name}", 0)], auto_comments=comments, context=context)
    return catalog


def translated() -> Catalog:
    """The committed Russian catalogue; an empty one where there is none yet."""
    if not RUSSIAN.exists():
        return Catalog(locale="ru", project="Cadre", header_comment=HEADER.strip())
    with RUSSIAN.open("rb") as file:
        return read_po(file, locale="ru")


def forms(text: object) -> list[str]:
    """The forms of a text: one, or one for each number."""
    return [text] if isinstance(text, str) else [str(form or "") for form in text] if isinstance(text, Iterable) else []


def fault(wanted: Message, found: Message | None, plurals: int) -> str | None:
    """What is wrong with the translation of one text; None when nothing is."""
    if found is None:
        return "is not in the catalogue: type make messages"
    if found.fuzzy:
        return "is marked fuzzy"
    strings = forms(found.string)
    if not strings or not all(form.strip() for form in strings):
        return "is not translated"
    if wanted.pluralizable and len(strings) != plurals:
        return f"needs {plurals} forms for numbers and has {len(strings)}"
    may = {name for form in forms(wanted.id) for name in PLACEHOLDER.findall(form)}
    must = set(PLACEHOLDER.findall(forms(wanted.id)[-1])) - ({"num"} if wanted.pluralizable else set())
    named = [set(PLACEHOLDER.findall(form)) for form in strings]
    return None if all(must <= names <= may for names in named) else "has other %(placeholders)s than its translation"


def check() -> int:
    """Print each text whose translation is missing or wrong; texts that nothing uses any more are told, not refused."""
    wanted, found = texts(), translated()
    wrong = 0
    for message in wanted:
        if message.id and (what := fault(message, found.get(message.id, message.context), found.num_plurals)):
            place = message.locations[0][0] if message.locations else "?"
            print(f"{place}: “{forms(message.id)[0]}” {what}")
            wrong += 1
    unused = [message for message in found if message.id and wanted.get(message.id, message.context) is None]
    for message in unused:
        print(f"Nothing uses “{forms(message.id)[0]}” any more; make messages takes it out.")
    print(f"{len(wanted)} texts, {wrong} without a right translation, {len(unused)} unused.")
    return bool(wrong)


def update() -> int:
    """Bring the committed catalogue up to date with the product, keeping what is translated, and compile it."""
    catalog = translated()
    catalog.update(texts(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.fuzzy = False
    made = BytesIO()
    write_po(made, catalog, width=140, ignore_obsolete=True, sort_output=True, include_lineno=False)
    RUSSIAN.parent.mkdir(parents=True, exist_ok=True)
    stable = re.sub(
        r'^"(Project-Id-Version|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To): .*\n',
        "",
        made.getvalue().decode(),
        flags=re.MULTILINE,
    )
    RUSSIAN.write_text(stable, encoding="utf-8")
    with RUSSIAN.with_suffix(".mo").open("wb") as file:
        write_mo(file, translated())
    return 0


if __name__ == "__main__":
    sys.exit(update() if "--update" in sys.argv[1:] else check())
