"""What a deployment sets: environment variables and `.env`, with the names that callers may rely on.

Nothing is read or written until somebody asks: a password or a key is looked up when it is needed.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import Misconfigured

ROOT = Path(__file__).resolve().parent.parent
SECRETS = [Path("/run/secrets")]  # files named like the settings: what a container is handed
LOCAL_URI = "bolt://127.0.0.1:7687"


class Settings(BaseSettings):
    """One deployment's settings; `settings()` gives the process its own."""

    model_config = SettingsConfigDict(
        env_file=".env",
        secrets_dir=[folder for folder in SECRETS if folder.is_dir()],
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        env_ignore_empty=True,
    )

    neo4j_uri: str = LOCAL_URI
    neo4j_user: str = "neo4j"
    neo4j_password: SecretStr | None = None
    neo4j_database: str = "neo4j"

    mode: Literal["development", "production"] = Field("development", validation_alias="ONEID_MODE")
    seed: Literal["demo", "none"] = Field("demo", validation_alias="ONEID_SEED")
    policy: Path = Field(ROOT / "schema" / "policy.yaml", validation_alias="ONEID_POLICY")
    attributes: Path = Field(ROOT / "schema" / "attributes.yaml", validation_alias="ONEID_ATTRIBUTES")
    dependents: Path = Field(ROOT / "schema" / "dependents.yaml", validation_alias="ONEID_DEPENDENTS")
    lifecycle: Path = Field(ROOT / "schema" / "lifecycle.yaml", validation_alias="ONEID_LIFECYCLE")
    journeys: Path = Field(ROOT / "schema" / "journeys.yaml", validation_alias="ONEID_JOURNEYS")
    time_zone: str = Field("Asia/Shanghai", validation_alias="ONEID_TIME_ZONE")
    currency: str = Field("CNY", pattern="^[A-Z]{3}$", validation_alias="ONEID_CURRENCY")
    secret_key: SecretStr | None = Field(None, validation_alias="ONEID_SECRET_KEY")
    persisted: Path = Field(ROOT / "schema" / "persisted", validation_alias="ONEID_PERSISTED")
    persisted_only: bool = Field(False, validation_alias="ONEID_PERSISTED_ONLY")
    persisted_max_age: int = Field(0, ge=0, validation_alias="ONEID_PERSISTED_MAX_AGE")  # seconds
    simulation_seconds: float = Field(120.0, gt=0, validation_alias="ONEID_SIMULATION_SECONDS")
    changes_keep_days: int | None = Field(None, ge=1, validation_alias="ONEID_CHANGES_KEEP_DAYS")
    webhook_loopback: bool = Field(False, validation_alias="ONEID_WEBHOOK_LOOPBACK")  # development alone
    webhook_seconds: float = Field(10.0, gt=0, le=20, validation_alias="ONEID_WEBHOOK_SECONDS")
    webhook_attempts: int = Field(12, ge=1, le=100, validation_alias="ONEID_WEBHOOK_ATTEMPTS")
    webhook_first_wait: float = Field(1.0, gt=0, validation_alias="ONEID_WEBHOOK_FIRST_WAIT")  # seconds
    data: Path = Field(ROOT / ".data", validation_alias="ONEID_DATA")

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{name!r} is no time zone; for example Asia/Shanghai") from error
        return name

    def password(self) -> str:
        """The database's password: NEO4J_PASSWORD, else the one that the local server of `make run` made."""
        if self.neo4j_password is not None:
            return self.neo4j_password.get_secret_value()
        made = self.data / "neo4j" / "password"
        if made.is_file() and self.neo4j_uri == LOCAL_URI:
            return made.read_text().strip()
        raise Misconfigured(
            "NEO4J_PASSWORD is not set, and no local database has been started here",
            suggestion="make run, or set NEO4J_URI and NEO4J_PASSWORD",
        )

    def secret(self) -> str:
        """The key that personal data is sealed under: ONEID_SECRET_KEY; development makes one and keeps it.

        Raises Misconfigured in production without one: a key made up there would be lost with its machine.
        """
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        if self.mode == "production":
            raise Misconfigured(
                "ONEID_SECRET_KEY is not set",
                suggestion="ONEID_SECRET_KEY=$(openssl rand -hex 32), kept where it cannot be lost",
            )
        return made_once(self.data / "secret.key")


def made_once(path: Path) -> str:
    """The secret in the file, made at the first call; processes that make it at once all get the same one."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        # mkstemp makes the file readable by its owner alone.
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as draft:
            draft.write(secrets.token_hex(32) + "\n")
            draft.flush()
            # A link to a finished file: nobody ever reads half a secret, and the second to come keeps the
            # first's.
            with suppress(FileExistsError):
                os.link(draft.name, path)
    return path.read_text().strip()


@cache
def settings() -> Settings:
    """The settings of this process, read once; raises Misconfigured with every setting that cannot be."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, item['loc']))}: {item['msg'].removeprefix('Value error, ')}"
            for item in error.errors()
        )
        raise Misconfigured(wrong, suggestion="set it in the environment or in .env") from None
