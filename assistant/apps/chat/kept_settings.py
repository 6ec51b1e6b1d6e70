"""What a browser keeps of the user's settings; what comes back from it may be anything."""

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.apps.chat.languages import Theme
from assistant.messages import Language

_MAX_CHARACTERS = 1_000


class KeptSettings(BaseModel):
    """The settings that a user chose; None where none was.

    length: longest answer, in characters.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    language: Language | None = None
    length: int | None = None
    use_model: bool | None = None
    theme: Theme = "system"


def write_kept(settings: KeptSettings) -> str:
    """Return settings as the browser keeps them."""
    return settings.model_dump_json()


def read_kept(value: object) -> KeptSettings:
    """Return the settings that a browser kept; none chosen if it is nothing of ours."""
    if not isinstance(value, str) or len(value) > _MAX_CHARACTERS:
        return KeptSettings()
    try:
        return KeptSettings.model_validate_json(value)
    except ValidationError:
        return KeptSettings()
