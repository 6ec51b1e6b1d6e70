from collections.abc import Sequence


class FakeDenialMeter:
    """Implements `DenialMeter`: the more characters an option has, the more it is denied."""

    def measure(
        self, question: str, options: Sequence[str], heading: str, text: str
    ) -> list[float]:
        return [float(len(option)) for option in options]
