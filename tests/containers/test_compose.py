"""docker-compose.yml → what must hold before anybody starts it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from cotmoc.mail import mail_server
from cotmoc.settings import Settings

Service = dict[str, Any]
SECRET = re.compile(r"PASSWORD|SECRET|_KEY$|SQL_ALCHEMY_CONN|SUPERSET_DATABASE$")
VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?P<operator>:[?-])(?P<rest>[^}]*)\}")


def is_valid_compose(file: Path) -> bool:
    """Return whether the file follows the published schema of the Compose specification."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(file)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_file_follows_the_compose_specification(repository: Path) -> None:
    assert is_valid_compose(repository / "docker-compose.yml")


@pytest.mark.parametrize(
    ("written", "misspelt"), [("mem_limit:", "mem_limits:"), ("service_healthy", "service_wealthy")]
)
def test_the_specification_catches_what_is_misspelt(
    repository: Path, tmp_path: Path, written: str, misspelt: str
) -> None:
    text = (repository / "docker-compose.yml").read_text(encoding="utf-8")
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(text.replace(written, misspelt), encoding="utf-8")
    assert written in text
    assert not is_valid_compose(broken)


def test_every_secret_comes_from_the_environment_and_has_no_default(services: dict[str, Service]) -> None:
    secrets = {
        f"{service}.{name}": value
        for service, content in services.items()
        for name, value in content["environment"].items()
        if SECRET.search(name)
    }
    assert len(secrets) > 10
    for name, value in secrets.items():
        operators = [found["operator"] for found in VARIABLE.finditer(value)]
        assert operators == [":?"], f"{name} must be ${{VARIABLE:?…}}, not {value}"


def test_no_other_form_of_variable_is_used(compose: dict[str, Any]) -> None:
    text = yaml.safe_dump(compose)
    assert text.count("${") == len(VARIABLE.findall(text))


def test_the_example_names_every_variable_once(
    repository: Path, compose: dict[str, Any], mail: dict[str, Any]
) -> None:
    example = (repository / "docker" / ".env.example").read_text(encoding="utf-8")
    used = {
        (name, rest if operator == ":-" else None)
        for name, operator, rest in VARIABLE.findall(yaml.safe_dump([compose, mail]))
    }
    required = re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE)
    optional = re.findall(r"^#([A-Z_]+)=(.*)$", example, re.MULTILINE)
    assert {(name, None) for name, value in required} | set(optional) == used
    assert [value for name, value in required if value] == []
    assert len(required) + len(optional) == len(used)


def test_every_daemon_has_a_healthcheck_and_is_started_again(daemons: dict[str, Service]) -> None:
    for name, service in daemons.items():
        health = service["healthcheck"]
        assert health["test"][0] == "CMD", name
        assert {"interval", "timeout", "retries", "start_period"} <= set(health), name
        assert service["restart"] == "unless-stopped", name


def test_our_images_are_asked_for_their_health_in_python(daemons: dict[str, Service]) -> None:
    ours = {name: service for name, service in daemons.items() if service["image"].startswith("cotmoc/")}
    assert len(ours) == 6
    for name, service in ours.items():
        assert service["healthcheck"]["test"][1:3] == ["python", "docker/healthy.py"], name


def test_what_prepares_runs_once_and_is_waited_for(services: dict[str, Service]) -> None:
    preparing = {name for name in services if name.endswith("-prepare")}
    awaited = {
        other
        for service in services.values()
        for other, how in service.get("depends_on", {}).items()
        if how["condition"] == "service_completed_successfully"
    }
    assert preparing == awaited
    assert all(services[name]["restart"] == "no" for name in preparing)


def test_nothing_is_merely_started_before_what_needs_it(services: dict[str, Service]) -> None:
    conditions = {
        how["condition"] for service in services.values() for how in service.get("depends_on", {}).values()
    }
    assert conditions == {"service_healthy", "service_completed_successfully"}


def test_every_service_is_confined(services: dict[str, Service]) -> None:
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["init"] is True, name
        assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(service), name
        assert "docker.sock" not in str(service), name


def test_every_service_has_limits(services: dict[str, Service]) -> None:
    for name, service in services.items():
        assert re.fullmatch(r"\d+[mg]", service["mem_limit"]), name
        assert 0 < service["pids_limit"] <= 1024, name
        assert {"max-size", "max-file"} <= set(service["logging"]["options"]), name
        assert all("size=" in mount for mount in service["tmpfs"]), name


def test_every_image_has_a_version_and_ours_the_version_of_the_project(
    repository: Path, services: dict[str, Service]
) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name, service in services.items():
        repository_name, _, tag = service["image"].partition(":")
        assert tag not in {"", "latest"}, name
        if repository_name.startswith("cotmoc/"):
            assert tag == project["version"], name


def test_each_of_our_images_is_built_once(services: dict[str, Service], dockerfiles: dict[str, str]) -> None:
    built = [service["build"]["dockerfile"] for service in services.values() if "build" in service]
    assert sorted(built) == sorted(f"docker/{name}/Dockerfile" for name in dockerfiles)
    images = {service["image"] for service in services.values() if "build" in service}
    assert {
        service["image"] for service in services.values() if service["image"].startswith("cotmoc/")
    } == images


def test_ports_are_opened_on_the_loopback_address_only(services: dict[str, Service]) -> None:
    ports = {name: port for name, service in services.items() for port in service.get("ports", [])}
    assert set(ports) == {"airflow-api-server", "portal", "superset"}
    for name, port in ports.items():
        assert port.startswith("127.0.0.1:"), name


def test_only_what_has_a_port_has_a_way_out(compose: dict[str, Any], services: dict[str, Service]) -> None:
    assert compose["networks"]["inside"]["internal"] is True
    for name, service in services.items():
        outside = ["outside"] if "ports" in service else []
        assert service["networks"] == ["inside", *outside], name


def test_mail_is_an_addition_that_gives_the_scheduler_alone_a_way_out(
    repository: Path, mail: dict[str, Any]
) -> None:
    assert is_valid_compose(repository / "docker" / "mail.yml")
    assert set(mail["services"]) == {"airflow-scheduler"}
    assert set(mail["services"]["airflow-scheduler"]) == {"environment", "networks"}
    assert mail["services"]["airflow-scheduler"]["networks"] == ["inside", "mail"]
    assert set(mail["networks"]) == {"mail"}


def test_the_program_is_told_every_setting_of_the_mail_server_and_no_password_by_default(
    mail: dict[str, Any],
) -> None:
    told = mail["services"]["airflow-scheduler"]["environment"]
    settings = {f"COTMOC_{name.upper()}" for name in Settings.model_fields if name.startswith("smtp_")}
    assert set(told) == settings
    assert told["COTMOC_SMTP_PASSWORD"] == "${SMTP_PASSWORD:-}"
    written = {name: VARIABLE.sub(lambda found: found["rest"], value) for name, value in told.items()}
    assert (
        mail_server(Settings(**{name.removeprefix("COTMOC_").lower(): v for name, v in written.items()}))
        is None
    )


def test_superset_reads_what_is_published_and_no_other_state(services: dict[str, Service]) -> None:
    for name in ("superset", "superset-prepare"):
        assert services[name]["volumes"] == [
            "published:/var/lib/cotmoc/published:ro",
            "dashboards:/var/lib/cotmoc/superset",
        ]


def test_the_submission_page_publishes_nothing_and_knows_no_secret(services: dict[str, Service]) -> None:
    portal = services["portal"]
    assert portal["volumes"] == [
        "home:/var/lib/cotmoc",
        "published:/var/lib/cotmoc/published:ro",
    ]
    assert all(name.startswith("COTMOC_PORTAL_") for name in portal["environment"])
    assert not any(SECRET.search(name) for name in portal["environment"])


def test_the_page_that_shows_logs_writes_no_state(services: dict[str, Service]) -> None:
    assert services["airflow-api-server"]["volumes"] == ["home:/var/lib/cotmoc:ro"]


def test_a_file_of_the_repository_is_mounted_read_only_and_exists(
    repository: Path, services: dict[str, Service]
) -> None:
    mounts = [
        volume for service in services.values() for volume in service["volumes"] if volume.startswith("./")
    ]
    assert mounts
    for mount in mounts:
        source, _, mode = mount.split(":")
        assert mode == "ro"
        assert (repository / source).is_file()
