"""What a user can set: command line, then `TENKYO_*` variables, then `tenkyo.toml`, then defaults.

This is the only place that reads the settings file, and of the environment all but the locale
(`messages`) and `TENKYO_DEBUG` (`cli`).
"""

import hashlib
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.errors import SettingsError

SETTINGS_FILE = "tenkyo.toml"
# Only read from the environment: files are copied, shown and committed.
_SECRETS = ("llm_key", "chat_auth", "slack_bot_token", "slack_app_token", "slack_signing_secret")


class Settings(BaseSettings):
    """Settings of the assistant. Unknown keys are refused."""

    model_config = SettingsConfigDict(
        env_prefix="TENKYO_", toml_file=SETTINGS_FILE, extra="forbid", frozen=True
    )

    notes: Annotated[Path, Field(description="Folder of Markdown notes.")] = Path("notes")
    index: Annotated[
        Path | None, Field(description="Folder of the index; by default one in the user's cache.")
    ] = None
    cache: Annotated[
        Path | None, Field(description="Folder of the prepared model and dictionary.")
    ] = None
    model: Annotated[
        str,
        Field(
            min_length=1,
            description="`bundled`; `base` (it untrained); or any sentence-transformers model: a "
            "hub name or a folder.",
        ),
    ] = "bundled"
    language: Annotated[
        Literal["auto", "ja", "en"], Field(description="Language of messages; auto: the locale's.")
    ] = "auto"
    aliases: Annotated[
        Path | None, Field(description="Your own aliases; by default aliases.toml in the notes.")
    ] = None
    answer_characters: Annotated[
        int, Field(ge=80, le=4000, description="Longest answer, in characters.")
    ] = 400
    llm_url: Annotated[
        str | None,
        Field(
            description="OpenAI-compatible endpoint up to its version, such as "
            "http://localhost:11434/v1; `scripted` for a stand-in that quotes."
        ),
    ] = None
    llm_model: Annotated[str, Field(description="Name of the language model there.")] = ""
    llm_key: Annotated[
        SecretStr | None,
        Field(description="Key of the endpoint; only from the variable TENKYO_LLM_KEY."),
    ] = None
    llm_seconds: Annotated[
        float, Field(ge=1, le=3_600, description="Longest time for an answer by the model.")
    ] = 120.0
    llm_output_tokens: Annotated[
        int, Field(ge=16, le=32_768, description="Longest output of the model, in tokens.")
    ] = 1_024
    llm_tokens_per_hour: Annotated[
        int | None, Field(ge=1, description="Most tokens an hour, prompt and output together.")
    ] = None
    llm_price_in: Annotated[float, Field(ge=0, description="Price of a million input tokens.")] = 0
    llm_price_out: Annotated[
        float, Field(ge=0, description="Price of a million output tokens.")
    ] = 0
    llm_cost_per_day: Annotated[
        float | None, Field(gt=0, description="Most money a day, in the currency of the prices.")
    ] = None
    chat_host: Annotated[
        str, Field(min_length=1, description="Address that the chat listens on.")
    ] = "127.0.0.1"
    chat_port: Annotated[int, Field(ge=0, le=65_535, description="Its port; 0: a free one.")] = 7860
    chat_auth: Annotated[
        SecretStr | None,
        Field(description="user:password of the chat; only from the variable TENKYO_CHAT_AUTH."),
    ] = None
    permalink_base: Annotated[
        str | None,
        Field(
            pattern=r"^https?://\S+$",
            description="Where the notes folder is shown, such as "
            "https://github.com/OWNER/REPO/blob/main/notes; links to lines are made from it.",
        ),
    ] = None
    feedback: Annotated[
        Path | None, Field(description="Folder of the feedback; by default in the user's data.")
    ] = None
    slack_bot_token: Annotated[
        SecretStr | None, Field(description="xoxb-...; only from TENKYO_SLACK_BOT_TOKEN.")
    ] = None
    slack_app_token: Annotated[
        SecretStr | None,
        Field(description="xapp-..., for Socket Mode; only from TENKYO_SLACK_APP_TOKEN."),
    ] = None
    slack_signing_secret: Annotated[
        SecretStr | None,
        Field(description="For HTTP mode; only from TENKYO_SLACK_SIGNING_SECRET."),
    ] = None
    slack_host: Annotated[
        str, Field(min_length=1, description="Address that the HTTP mode listens on.")
    ] = "127.0.0.1"
    slack_port: Annotated[int, Field(ge=0, le=65_535, description="Its port.")] = 3000
    slack_ledger: Annotated[
        Path | None, Field(description="File of handled events; by default in the user's data.")
    ] = None
    slack_channels: Annotated[
        tuple[str, ...], Field(description="Ids of the channels to answer in; none: all.")
    ] = ()
    slack_users: Annotated[
        tuple[str, ...], Field(description="Ids of the users to answer; none: all.")
    ] = ()
    slack_folders: Annotated[
        dict[str, str], Field(description="Folder of notes to answer from, by channel id.")
    ] = {}
    max_file_bytes: Annotated[
        int, Field(ge=1, le=1_000_000_000, description="Largest note that is read, in bytes.")
    ] = 10_000_000
    max_depth: Annotated[
        int, Field(ge=1, le=64, description="Deepest folder below the notes folder that is read.")
    ] = 16

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (signature of the library)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources, strongest first."""
        file_settings = TomlConfigSettingsSource(settings_cls)
        for name in _SECRETS:
            if name in file_settings.init_kwargs:
                raise SettingsError(
                    f"setting '{name}' stands in {SETTINGS_FILE}; remove it there and set the "
                    f"variable TENKYO_{name.upper()}"
                )
        return init_settings, env_settings, file_settings

    @property
    def cache_folder(self) -> Path:
        """Where the prepared model and the compiled dictionary are kept."""
        return self.cache or user_cache_path("tenkyo")

    @property
    def index_folder(self) -> Path:
        """Where the index is kept: its own folder in the cache for every notes folder."""
        if self.index is not None:
            return self.index
        resolved = self.notes.resolve()
        key = hashlib.sha256(str(resolved).encode("utf-8", "surrogateescape")).hexdigest()[:12]
        return self.cache_folder / "indexes" / f"{resolved.name or 'root'}-{key}"

    @property
    def feedback_folder(self) -> Path:
        """Where the users' feedback is kept."""
        return self.feedback or user_data_path("tenkyo") / "feedback"

    @property
    def slack_ledger_file(self) -> Path:
        """Where the Slack bot remembers which events it has handled."""
        return self.slack_ledger or user_data_path("tenkyo") / "slack.sqlite3"

    @property
    def aliases_file(self) -> Path:
        """The user's own aliases; the file need not exist unless it was named."""
        return self.aliases or self.notes / "aliases.toml"


def read_settings(overrides: dict[str, object]) -> Settings:
    """Read all sources; `overrides` are the command line's, None meaning not given.

    :raises SettingsError: an unknown key, a bad value, or a settings file that is no TOML.
    """
    given = {key: value for key, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"setting '{name}': {first['msg']}; check {SETTINGS_FILE}, the variable "
            f"TENKYO_{name.upper()} and the command line (known settings: "
            f"{', '.join(sorted(Settings.model_fields))})"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{SETTINGS_FILE} is not valid TOML: {error}; correct it") from error
    except OSError as error:
        raise SettingsError(
            f"{SETTINGS_FILE} cannot be read: {error.strerror}; check its permissions"
        ) from error
