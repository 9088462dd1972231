"""Word document → PDF beside it, by LibreOffice where it is installed."""

import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")
TIME_LIMIT = 180  # seconds; a report of forty pages takes about ten

# Times New Roman, then free fonts of its measures that have every Vietnamese letter. Liberation Serif, which
# LibreOffice would take, lacks ạ to ỹ and mixes them in from another font.
FONT = "Times New Roman"
SUBSTITUTES = ("Tinos", "TeX Gyre Termes", "FreeSerif")


def office_program() -> str | None:
    """Return the LibreOffice program on this machine, or None."""
    return next((found for found in map(shutil.which, PROGRAMS) if found), None)


def write_pdf(document: Path, program: str, time_limit: float = TIME_LIMIT) -> Path:
    """Write the PDF of a Word document beside it and return its path.

    LibreOffice runs with a profile of its own, so one that is open on the machine is neither used nor waited for.
    Raises RuntimeError, with what the program said, when no PDF came out or the time limit passed.
    """
    target = document.with_suffix(".pdf")
    with tempfile.TemporaryDirectory(prefix="cotmoc-office-") as scratch:
        command = [
            program,
            f"-env:UserInstallation={Path(scratch, 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            scratch,
            str(_set_in_installed_font(document, Path(scratch))),
        ]
        said = _run(command, time_limit)
        made = Path(scratch, target.name)
        if not made.is_file():
            raise RuntimeError(
                f"{program} wrote no PDF of {document.name}: {said.strip()[-500:] or 'it said nothing'}"
            )
        arriving = target.with_suffix(".pdf.part")
        shutil.copyfile(made, arriving)
        arriving.replace(target)
    return target


def _set_in_installed_font(document: Path, scratch: Path) -> Path:
    """Return the document, or a copy in `scratch` set in a substitute where Times New Roman is not installed."""
    substitute = _substitute()
    if substitute is None or not zipfile.is_zipfile(document):
        return document.resolve()
    copy = scratch / document.name
    with zipfile.ZipFile(document) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith(".xml"):
                content = content.replace(FONT.encode(), substitute.encode())
            target.writestr(name, content)
    return copy


def _substitute() -> str | None:
    """Return the font to set the PDF in where Times New Roman is not installed and a better one is; else None."""
    lister = shutil.which("fc-list")
    if lister is None:
        return None
    listed = subprocess.run(
        [lister, "--format", "%{family}\n"], capture_output=True, text=True, check=False, timeout=60
    ).stdout
    installed = {family for line in listed.splitlines() for family in line.split(",")}
    return next((font for font in SUBSTITUTES if font in installed), None) if FONT not in installed else None


def _run(command: list[str], time_limit: float) -> str:
    """Run the program in a group of its own and return what it said; past the limit, end the whole group."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            return process.communicate(timeout=time_limit)[0]
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise RuntimeError(f"{command[0]} did not finish within {time_limit:g} seconds") from error
