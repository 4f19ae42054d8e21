"""Settings come from the environment, and an odd value stops the start by name."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from archive import env
from archive.database.url import parse

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DATABASE_URL": "postgresql://archive@db.example/archive",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "archive.example",
}


@pytest.mark.parametrize(
    ("read", "value", "result"),
    [
        (lambda: env.env_str("X"), " a b ", "a b"),
        (lambda: env.env_str("X", "default"), "", "default"),
        (lambda: env.env_bool("X", False), "Yes", True),
        (lambda: env.env_bool("X", True), "0", False),
        (lambda: env.env_bool("X", True), "", True),
        (lambda: env.env_int("X", 5), "12", 12),
        (lambda: env.env_int("X", 5), "", 5),
        (lambda: env.env_list("X"), "a, b", ["a", "b"]),
        (lambda: env.env_list("X", []), "", []),
        (lambda: env.env_choice("X", "closed", ("closed", "open")), "open", "open"),
        (lambda: env.env_rate("X", "30/m"), "10/5m", "10/5m"),
        (lambda: env.env_rate("X", "30/m"), "", "30/m"),
        (lambda: env.env_path("X", Path("/a")), "/b/c", Path("/b/c")),
    ],
)
def test_a_plain_value_is_read(monkeypatch, read, value, result) -> None:
    monkeypatch.setenv("X", value)
    assert read() == result


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.env_str("X"), " "),
        (lambda: env.env_bool("X", False), "maybe"),
        (lambda: env.env_bool("X", False), "2"),
        (lambda: env.env_int("X", 5), "five"),
        (lambda: env.env_int("X", 5), "-1"),
        (lambda: env.env_int("X", 5), "1_000"),
        (lambda: env.env_int("X", 5), "٣"),
        (lambda: env.env_int("X", 5, minimum=1), "0"),
        (lambda: env.env_list("X"), "a,,b"),
        (lambda: env.env_list("X"), ""),
        (lambda: env.env_choice("X", "closed", ("closed", "open")), "ajar"),
        *(
            (lambda: env.env_rate("X", "30/m"), odd)
            for odd in ("30", "0/m", "30/0m", "30/y", "off", "3.5/m", "30/m/ip", "٣/m")
        ),
    ],
)
def test_an_odd_value_is_refused_by_name(monkeypatch, read, value) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(ImproperlyConfigured, match=r"^X "):
        read()


def ask_settings(expression: str, var: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"from archive import settings; print({expression})"],
        cwd=ROOT,
        env={"VAR_DIR": str(var), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_with_a_database_address_nothing_secret_has_a_default(tmp_path, missing) -> None:
    whole = ask_settings("settings.DATABASES['default']['HOST']", tmp_path, **PRODUCTION)
    assert whole.stdout == "db.example\n"
    lacking = {name: value for name, value in PRODUCTION.items() if name != missing}
    refused = ask_settings("settings", tmp_path, **lacking)
    assert refused.returncode == 1
    assert f"ImproperlyConfigured: {missing} is required" in refused.stderr
    assert not list(tmp_path.iterdir())


def test_production_expects_https_and_this_machine_does_not(tmp_path) -> None:
    asked = "settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE, settings.DEBUG"
    assert ask_settings(asked, tmp_path, **PRODUCTION).stdout == "True True False\n"
    assert ask_settings(asked, tmp_path).stdout == "False False False\n"


def test_without_one_a_random_key_is_kept_for_its_owner_alone(tmp_path) -> None:
    first = ask_settings("settings.SECRET_KEY", tmp_path).stdout.strip()
    assert len(first) >= 50
    assert ask_settings("settings.SECRET_KEY", tmp_path).stdout.strip() == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert ask_settings("settings.SECRET_KEY", tmp_path / "other").stdout.strip() != first


def test_a_database_address_is_read_into_its_parts() -> None:
    assert parse("postgres://me%40home:p%2Fw@db.example:5433/arch%C3%AFve?sslmode=require") == {
        "NAME": "archïve",
        "USER": "me@home",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    "address",
    ["postgresql://me@%2FRun%2Fpg/a", "postgresql://me@/a?host=/Run/pg"],
)
def test_a_database_address_may_name_a_socket(address) -> None:
    assert parse(address)["HOST"] == "/Run/pg"


@pytest.mark.parametrize(
    "address",
    [
        "mysql://me:hush@db/a",
        "db.example/a",
        "postgresql://me:hush@db/",
        "postgresql://me:hush@db/a/b",
        "postgresql://me:hush@db:port/a",
        "postgresql://me:hush@db/a?sslmod=require",
        "postgresql://me:hush@db/a?sslmode",
        "postgresql://me:hush@db/a?sslmode=require&sslmode=disable",
        "postgresql://me:hush#@db/a",
    ],
)
def test_an_odd_database_address_is_refused_without_its_password(address) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL ") as refusal:
        parse(address)
    assert "hush" not in str(refusal.value)
