"""How the bot speaks: language, length, links."""

from dataclasses import dataclass

from assistant.apps.slack.blocks import SlackMessage, render_answer, render_line, render_shared
from assistant.apps.slack.jobs import Job, JobKind
from assistant.apps.slack.kept_forms import AnsweredQuestion
from assistant.apps.slack.source_blocks import Link
from assistant.apps.slack.texts import Refusal, SlackTexts
from assistant.messages import Messages
from assistant.serving.datatypes import AnswerOptions, Scope


@dataclass(frozen=True, slots=True)
class Voice:
    """What is the same for everything that the bot says.

    link: gives the web address of cited lines.
    characters: longest answer.
    use_model: let the language model word it.
    """

    texts: SlackTexts
    messages: Messages
    link: Link
    characters: int = 400
    use_model: bool = False

    def choose_options(self, scope: Scope) -> AnswerOptions:
        """Return how to answer from some of the notes."""
        return AnswerOptions(self.messages.language, self.characters, scope, self.use_model)

    def show_answer(self, job: Job, answered: AnsweredQuestion) -> SlackMessage:
        """Return the answer to a question, as it is shown where that was asked."""
        # What a command or a button asked stands nowhere else.
        stands_elsewhere = job.kind not in (JobKind.COMMAND, JobKind.FOLLOW_UP)
        return render_answer(
            answered.answer,
            self.texts,
            self.messages,
            self.link,
            job.key,
            asked="" if stands_elsewhere else answered.question.text,
            is_private=job.kind is JobKind.COMMAND,
        )

    def show_shared(self, job: Job, answered: AnsweredQuestion) -> SlackMessage:
        """Return an answer as it is shown to the channel that its asker shares it with."""
        return render_shared(
            answered.answer,
            self.texts,
            self.messages,
            self.link,
            job.key,
            job.text,
            asked=answered.question.text,
        )

    def show_unfit(self) -> SlackMessage:
        """Return that a question cannot be asked."""
        return render_line(self.texts.refusals[Refusal.UNFIT])
