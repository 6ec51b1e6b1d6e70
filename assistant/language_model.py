"""Makes the optional language model of the settings. Nothing of it is imported without need."""

import time

from assistant.errors import SettingsError
from assistant.generators.budget import UsageBudget, UsageLimits
from assistant.generators.chat_settings import ChatSettings
from assistant.generators.scripted import ObedientChat
from assistant.generators.text_stream import TextStream
from assistant.settings import Settings

# A stand-in without a model, to see how answers by one would be shown.
SCRIPTED = "scripted"


def load_language_model(settings: Settings) -> TextStream:
    """Return the language model, one for the whole process: it keeps count of what is used.

    :raises SettingsError: none is set, a setting is bad, or its package is not installed.
    """
    if settings.llm_url is None:
        raise SettingsError(
            "no language model is set; set llm_url and llm_model (see README), or ask without --llm"
        )
    if settings.llm_url == SCRIPTED:
        return ObedientChat()
    try:
        from assistant.generators.chat_api import ChatApi
    except ImportError as error:
        raise SettingsError(
            f"a language model needs the package {error.name}; run: pip install -e '.[llm]'"
        ) from error
    limits = UsageLimits(
        tokens_per_hour=settings.llm_tokens_per_hour,
        price_in=settings.llm_price_in,
        price_out=settings.llm_price_out,
        cost_per_day=settings.llm_cost_per_day,
    )
    chat = ChatSettings(
        url=settings.llm_url,
        model=settings.llm_model,
        key=None if settings.llm_key is None else settings.llm_key.get_secret_value(),
        total_seconds=settings.llm_seconds,
        read_seconds=min(settings.llm_seconds, 60.0),
        max_output_tokens=settings.llm_output_tokens,
    )
    return ChatApi(chat, UsageBudget(limits, time.monotonic))
