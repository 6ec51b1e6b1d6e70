"""What can go wrong while notes are read.

    IngestError
    ├── NotesFolderError      the notes folder is missing, no folder, or may not be listed
    ├── TokenizerError        MeCab or its dictionaries cannot be used
    └── AliasFileError        the user's aliases.toml cannot be used

Every message is one line that says what is wrong, where, and what to do. A single unreadable file
is no exception: the reader goes on and reports it as a `SkippedFile`.
"""


class IngestError(Exception):
    """Any failure of the package `ingest`."""


class NotesFolderError(IngestError):
    """The notes folder is missing, is not a folder, or may not be listed."""


class TokenizerError(IngestError):
    """MeCab or one of its dictionaries cannot be built or loaded."""


class AliasFileError(IngestError):
    """A file of aliases is no valid TOML or does not have the expected form."""
