"""What can go wrong in an evaluation.

    EvaluationError
    ├── QuestionSetError    a file of labelled questions cannot be read, or a line is malformed
    ├── RunFileError        a run or a reference cannot be read or written
    ├── ImportFormatError   a file of another tool (SQuAD, TREC) is not of its format
    └── ChatProcessError    the chat that is measured from outside did not start

Every message is one line that says what is wrong, where, and what to do. `tenkyo eval` shows them
as `assistant` shows its own, so that they share its root.
"""

from assistant.errors import AssistantError


class EvaluationError(AssistantError):
    """Any failure of the package `eval`."""


class QuestionSetError(EvaluationError):
    """A file of labelled questions cannot be read, or a line of it is malformed."""


class RunFileError(EvaluationError):
    """A run or a reference cannot be read or written."""


class ImportFormatError(EvaluationError):
    """A file of another tool is not of its format."""


class ChatProcessError(EvaluationError):
    """The chat that is measured from outside did not start."""
