"""The service and the container run without rights that they do not need, and hold no secret."""

import re
from pathlib import Path

import pytest

from assistant.apps.slack.running import STOP_SECONDS
from assistant.settings import Settings

DEPLOY = Path(__file__).parents[4] / "deploy"
SERVICE, DOCKERFILE = "tenkyo-slack.service", "Dockerfile"


def read_service() -> dict[str, list[str]]:
    """Return every setting of the service with its values, in order."""
    text = (DEPLOY / SERVICE).read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def test_the_service_runs_hardened_under_a_user_of_its_own() -> None:
    service = read_service()
    for name in (
        "DynamicUser NoNewPrivileges ProtectHome PrivateTmp PrivateDevices ProtectKernelModules "
        "ProtectKernelTunables ProtectControlGroups RestrictNamespaces RestrictSUIDSGID"
    ).split():
        assert service[name] == ["yes"], name
    assert service["ProtectSystem"] == ["strict"]
    assert service["CapabilityBoundingSet"] == [""]
    assert service["RestrictAddressFamilies"] == ["AF_INET AF_INET6 AF_UNIX"]
    assert "User" not in service


def test_the_service_has_time_to_finish_what_it_is_answering() -> None:
    service = read_service()
    assert service["KillSignal"] == ["SIGTERM"]
    assert int(service["TimeoutStopSec"][0]) >= STOP_SECONDS + 10


def test_the_service_comes_back_however_long_slack_was_away() -> None:
    service = read_service()
    assert service["Restart"] == ["on-failure"]
    # Any limit of starts would be reached in an outage, and the bot stay down after it.
    assert service["StartLimitIntervalSec"] == ["0"]
    assert "StartLimitBurst" not in service
    assert int(service["RestartSec"][0]) >= 10


def test_the_service_writes_only_where_it_may() -> None:
    service = read_service()
    set_to = dict(value.split("=", 1) for value in service["Environment"])
    assert set_to.pop("PYTHONUNBUFFERED") == "1"
    assert all(path.startswith(("%C/tenkyo", "%S/tenkyo")) for path in set_to.values())
    assert {"TENKYO_CACHE", "TENKYO_FEEDBACK", "TENKYO_SLACK_LEDGER"} == set(set_to)
    assert service["StateDirectory"] == service["CacheDirectory"] == ["tenkyo"]


def test_the_container_runs_as_a_user_of_its_own_and_is_watched() -> None:
    lines = (DEPLOY / DOCKERFILE).read_text(encoding="utf-8").splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert bases == ["python:3.11-slim"] * 2
    assert "USER tenkyo" in lines
    assert lines.index("USER tenkyo") > max(n for n, x in enumerate(lines) if x.startswith("RUN"))
    assert 'ENTRYPOINT ["tenkyo", "slack"]' in lines
    assert any(line.startswith("HEALTHCHECK ") for line in lines)
    assert any("--constraint constraints.txt" in line for line in lines)


@pytest.mark.parametrize("name", [SERVICE, DOCKERFILE])
def test_no_secret_is_named_and_every_setting_exists(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert not re.search(r"xox|xapp|TOKEN|SECRET", text)
    names = set(re.findall(r"\bTENKYO_([A-Z_]+)=", text))
    assert names
    assert {name.lower() for name in names} <= set(Settings.model_fields)
