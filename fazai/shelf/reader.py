"""One toolspec: its file and its templates into a value."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from fazai.diagnostic import Finding, InvalidFile, Where
from fazai.document import Document, build, parse
from fazai.shelf.directory import FILE, must_be_inside
from fazai.toolspec import ToolSpec

_LARGEST: Final = 1024 * 1024  # bytes; a configuration template is a few kB


def read(place: Path) -> ToolSpec:
    """The toolspec of a directory. Raises `InvalidFile` with a finding for every mistake, each in its own file."""
    document = parse(_text(place / FILE, place), str(place / FILE))
    templates, files = _templates(place)
    document = _with_templates(document, templates, place)
    try:
        spec = build(ToolSpec, document)
    except InvalidFile as error:
        raise InvalidFile(*(_at_its_template(finding, files) for finding in error.findings)) from error
    if spec.name != place.name:
        raise InvalidFile(
            Finding(
                summary="A toolspec is not named as its directory",
                detail=f'It is named "{spec.name}", and lies in "{place.name}".',
                where=document.where(("name",)),
                remedy="Give both the same name.",
            )
        )
    return spec


def _templates(place: Path) -> tuple[dict[str, str], dict[str, Path]]:
    """The text of each template by file name, and where it lies."""
    directory = place / "templates"
    texts: dict[str, str] = {}
    files: dict[str, Path] = {}
    if directory.is_dir():
        must_be_inside(directory, place)
        for path in sorted(directory.glob("*.j2")):
            texts[path.name], files[path.name] = _text(path, place), path
    return texts, files


def _with_templates(document: Document, templates: dict[str, str], place: Path) -> Document:
    data: Any = document.data
    if not templates or not isinstance(data, dict):
        return document
    written = data.get("templates", {})
    if not isinstance(written, dict):
        return document
    twice = sorted(set(written) & set(templates))
    if twice:
        raise InvalidFile(
            *(
                Finding(
                    summary="A template stands twice",
                    detail=f"Here, and in {place / 'templates' / name}.",
                    where=document.where(("templates", name)),
                    remedy="Keep one of the two.",
                )
                for name in twice
            )
        )
    return Document(document.name, {**data, "templates": {**written, **templates}}, document.marks)


def _at_its_template(finding: Finding, files: dict[str, Path]) -> Finding:
    """A mistake inside a template is shown at the template's file; the toolspec's own has no line for it."""
    field = finding.where.field if finding.where else None
    name = (field or "").removeprefix("templates.")
    if field is None or name == field or name not in files:
        return finding
    return finding.model_copy(update={"where": Where(file=str(files[name]), field=field)})


def _text(path: Path, place: Path) -> str:
    must_be_inside(path, place)
    try:
        if not path.is_file():
            raise ValueError("it is not a regular file")  # a pipe would never end
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise ValueError(f"it is larger than {_LARGEST} bytes")
        return data.decode("utf-8")
    except (OSError, ValueError) as error:
        detail = error.strerror if isinstance(error, OSError) else str(error)
        raise InvalidFile(
            Finding(
                summary="A file cannot be read",
                detail=f"{detail}.",
                where=Where(file=str(path)),
                remedy="It must be a readable text in UTF-8.",
            )
        ) from error
