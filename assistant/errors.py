"""What can go wrong between a question and its answer.

    AssistantError
    ├── QuestionError       the question itself cannot be asked (empty, too long, no words)
    ├── QuestionFileError   a line of a question file is not of the expected form
    ├── SettingsError       tenkyo.toml or a TENKYO_ variable has a bad value
    └── GeneratorError      no text could be generated from the evidence

Every message is one line that says what is wrong, where, and what to do.
"""


class AssistantError(Exception):
    """Any failure of the package `assistant`."""


class QuestionError(AssistantError):
    """The question is empty, too long, or holds no word to search for."""


class QuestionFileError(AssistantError):
    """A file of questions cannot be read, or a line of it is malformed."""


class SettingsError(AssistantError):
    """A setting is unknown or out of bounds."""


class GeneratorError(AssistantError):
    """A generator could not write a draft."""
