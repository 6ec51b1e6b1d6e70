"""Finds out in which language a browser wants the page."""

from assistant.messages import Language

_LANGUAGES: dict[str, Language] = {"ja": "ja", "en": "en"}


def choose_language(accepted: str) -> Language:
    """Return the language that an `Accept-Language` header prefers; Japanese if it names neither.

    Of two that it likes as well, the one that it names first.
    """
    best: Language = "ja"
    best_weight = 0.0
    for item in accepted.lower().split(","):
        tag, _, parameter = item.partition(";")
        language = _LANGUAGES.get(tag.strip().split("-")[0])
        weight = _read_weight(parameter)
        if language is not None and weight > best_weight:
            best, best_weight = language, weight
    return best


def _read_weight(parameter: str) -> float:
    """Return a quality value as RFC 9110 has it (section 12.4.2); 0.0 if it is malformed."""
    name, _, value = parameter.partition("=")
    if not name.strip():
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if name.strip() == "q" and 0.0 <= weight <= 1.0 else 0.0
