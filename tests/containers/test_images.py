"""docker/*/Dockerfile, .dockerignore and the locks → images that hold what runs, and nothing else."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

BASES = {"python:3.11-slim-bookworm", "environment"}
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def instructions(dockerfile: str) -> list[tuple[str, str]]:
    """Return the instructions of a recipe, each as its keyword and the rest on one line."""
    code = re.sub(r"^#.*\n", "", dockerfile, flags=re.MULTILINE).replace("\\\n", " ")
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in code.splitlines() if line.strip()]


def copied(dockerfile: str) -> set[str]:
    """Return the paths of the repository that a recipe copies."""
    arguments = [rest.split() for keyword, rest in instructions(dockerfile) if keyword == "COPY"]
    return {source for words in arguments if not words[0].startswith("--from") for source in words[:-1]}


def pins(lock: Path) -> dict[str, str]:
    """Return package → version of a lock."""
    return dict(PIN.findall(lock.read_text(encoding="utf-8")))


def names(requirements: list[str]) -> set[str]:
    """Return the normalised package names of requirements."""
    return {re.split(r"[^A-Za-z0-9._-]", one)[0].lower().replace("_", "-") for one in requirements}


def test_recipes_build_on_upstream_bases_and_need_no_foreign_frontend(dockerfiles: dict[str, str]) -> None:
    assert set(dockerfiles) == {"pipeline", "superset"}
    for name, text in dockerfiles.items():
        bases = {rest.split()[0] for keyword, rest in instructions(text) if keyword == "FROM"}
        assert bases <= BASES, name
        assert "syntax=" not in text, name
        assert "<<" not in text, f"{name}: no heredocs, older engines do not know them"
        assert "ADD" not in {keyword for keyword, _ in instructions(text)}, name


def test_nothing_is_installed_without_its_hash(dockerfiles: dict[str, str]) -> None:
    for name, text in dockerfiles.items():
        runs = [rest for keyword, rest in instructions(text) if keyword == "RUN"]
        steps = [step for run in runs for step in run.split("&&") if re.search(r"pip (install|sync)", step)]
        assert len(steps) >= 2, name
        for step in steps:
            assert "--require-hashes" in step or "--no-deps" in step, step


def test_no_image_runs_as_root(dockerfiles: dict[str, str]) -> None:
    for name, text in dockerfiles.items():
        users = [rest for keyword, rest in instructions(text) if keyword == "USER"]
        assert users[-1:] == ["10001:10001"], name


def test_what_is_copied_exists_and_is_let_into_the_build(
    repository: Path, dockerfiles: dict[str, str]
) -> None:
    ignore = (repository / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in ignore if line and not line.startswith("#")]
    assert rules[0] == "*"
    let_in = [line[1:] for line in rules if line.startswith("!")]
    for pattern in let_in:
        assert list(repository.glob(pattern)), f"{pattern} of .dockerignore is not there"
    for name, text in dockerfiles.items():
        for path in copied(text) - {"."}:
            assert (repository / path).exists(), f"{name}: {path}"
            assert any(fnmatch(path, pattern) for pattern in let_in), f"{name}: {path}"


def test_every_station_is_in_the_build(repository: Path) -> None:
    ignore = (repository / ".dockerignore").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    stations = [
        pattern.rstrip("*") for pattern in project["tool"]["setuptools"]["packages"]["find"]["include"]
    ]
    assert "cotmoc" in stations
    for folder in [*stations, "dags", "dashboards", "dbt_project"]:
        assert f"!{folder}" in ignore, folder


def test_the_image_has_the_versions_that_are_tested(repository: Path) -> None:
    runtime, tested = (
        pins(repository / "requirements/runtime.txt"),
        pins(repository / "requirements/pipeline.txt"),
    )
    assert len(runtime) > 100
    assert {name: tested.get(name) for name in runtime} == runtime


def test_the_image_has_everything_that_runs_and_nothing_that_only_checks(repository: Path) -> None:
    groups = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    runtime = set(pins(repository / "requirements/runtime.txt"))
    assert names(groups["pipeline"]) - runtime == set()
    assert names(groups["dev"]) & runtime == set()


@pytest.mark.parametrize("lock", ["bootstrap", "runtime", "superset"])
def test_every_pin_of_a_lock_is_hashed_and_names_no_place(repository: Path, lock: str) -> None:
    text = (repository / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|index-url|find-links", text)


def test_shell_scripts_are_understood_by_the_shell_they_name(repository: Path) -> None:
    scripts = sorted(repository.glob("docker/**/*.sh"))
    assert len(scripts) == 3
    for script in scripts:
        shell = shlex.split(script.read_text(encoding="utf-8").splitlines()[0].removeprefix("#!"))
        checked = subprocess.run([*shell, "-n", str(script)], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr


def test_scripts_that_are_started_by_their_name_are_executable(repository: Path) -> None:
    # PostgreSQL's image would read the script into its own shell if it were not.
    for script in ("docker/postgres/databases.sh", "docker/stack_test.sh"):
        assert (repository / script).stat().st_mode & 0o111 == 0o111, script
