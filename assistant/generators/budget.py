"""How much a language model may be used: tokens per hour, money per day.

The count is kept in this process alone: it starts anew with it, and knows nothing of what other
programs spend with the same key. `hour` and `day` are the last 60 minutes and 24 hours. Messages
name the settings by which a user sets the bounds.
"""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

from assistant.errors import GeneratorError, SettingsError

_HOUR, _DAY = 3_600.0, 86_400.0
_TOKENS_PER_PRICE = 1_000_000
# English has about four characters a token and Japanese about one; a little more is estimated, so
# that an estimate rather stops too early.
_ASCII_PER_TOKEN = 3


@dataclass(frozen=True, slots=True)
class UsageLimits:
    """The bounds; None is no bound. Tokens are those of prompt and output together.

    price_in, price_out: of a million tokens of prompt and of output.
    cost_per_day: in the currency of the prices.

    :raises SettingsError: a bound is not positive, a price is negative, or a cost is bounded
        without a price.
    """

    tokens_per_hour: int | None = None
    price_in: float = 0.0
    price_out: float = 0.0
    cost_per_day: float | None = None

    def __post_init__(self) -> None:
        for name in ("tokens_per_hour", "cost_per_day"):
            value: float | None = getattr(self, name)
            if value is not None and not 0 < value < math.inf:
                raise SettingsError(f"llm_{name} is {value}; set a number above 0, or leave it out")
        for name in ("price_in", "price_out"):
            price: float = getattr(self, name)
            if not 0 <= price < math.inf:
                raise SettingsError(f"llm_{name} is {price}; set 0 or a number above")
        if self.cost_per_day is not None and not (self.price_in or self.price_out):
            raise SettingsError("llm_cost_per_day needs prices; set llm_price_in and llm_price_out")


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of prompt and output."""

    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.tokens_in + self.tokens_out


class UsageBudget:
    """Keeps count of usage, and refuses what would go beyond the limits. Safe between threads.

    clock: seconds that only ever grow, as `time.monotonic`.
    """

    def __init__(self, limits: UsageLimits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = threading.Lock()
        self._booked: dict[int, tuple[float, Usage]] = {}  # oldest first
        self._last_number = 0

    def reserve(self, most: Usage) -> int:
        """Book the most that an answer may use, and return the number to settle it by.

        :raises GeneratorError: it is more than a limit leaves.
        """
        limits = self._limits
        with self._lock:
            self._forget()
            tokens, cost = self._count_hour(), self._count_day()
            if limits.tokens_per_hour is not None and (
                tokens + most.total > limits.tokens_per_hour
            ):
                raise GeneratorError(
                    f"an answer may take {most.total:,} tokens, and {tokens:,} of "
                    f"{limits.tokens_per_hour:,} of this hour are used; wait, lower "
                    "llm_output_tokens, or raise llm_tokens_per_hour"
                )
            if limits.cost_per_day is not None and (cost + self._price(most) > limits.cost_per_day):
                raise GeneratorError(
                    f"an answer may cost {self._price(most):.4g}, and {cost:.4g} of "
                    f"{limits.cost_per_day:.4g} of this day are spent; wait, lower "
                    "llm_output_tokens, or raise llm_cost_per_day"
                )
            self._last_number += 1
            self._booked[self._last_number] = self._clock(), most
            return self._last_number

    def settle(self, number: int, used: Usage) -> None:
        """Replace what was reserved by what was used in the end."""
        with self._lock:
            if number in self._booked:
                self._booked[number] = self._booked[number][0], used

    def _forget(self) -> None:
        """Drop what was booked a day ago or earlier."""
        begin = self._clock() - _DAY
        for number in [number for number, (when, _) in self._booked.items() if when <= begin]:
            del self._booked[number]

    def _count_hour(self) -> int:
        """Return the tokens of the last hour; running answers count with all they reserved."""
        begin = self._clock() - _HOUR
        return sum(used.total for when, used in self._booked.values() if when > begin)

    def _count_day(self) -> float:
        """Return the cost of what is booked."""
        return sum(self._price(used) for _, used in self._booked.values())

    def _price(self, used: Usage) -> float:
        cost = used.tokens_in * self._limits.price_in + used.tokens_out * self._limits.price_out
        return cost / _TOKENS_PER_PRICE


def estimate_tokens(text: str) -> int:
    """Return about how many tokens a text has, rather too many than too few."""
    ascii_count = sum(character.isascii() for character in text)
    return math.ceil(ascii_count / _ASCII_PER_TOKEN) + len(text) - ascii_count
