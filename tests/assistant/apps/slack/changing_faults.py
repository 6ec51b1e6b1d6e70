"""Faults that a test begins and ends as it goes on."""

from tests.assistant.apps.slack.fake_slack.faults import Fault, FaultPlan, NoFaults


class ChangingFaults:
    """Implements `FaultPlan` by another plan, which may be replaced at any time."""

    def __init__(self) -> None:
        self.plan: FaultPlan = NoFaults()

    def draw_fault(self, method: str) -> Fault | None:
        return self.plan.draw_fault(method)
