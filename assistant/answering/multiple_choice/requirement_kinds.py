"""The kinds of what a question may demand of the right option."""

from enum import StrEnum


class RequirementKind(StrEnum):
    """What the right option has most, least, or none of."""

    LOWEST_COST = "lowest-cost"
    LEAST_EFFORT = "least-effort"
    LEAST_DEVELOPMENT = "least-development"
    LEAST_CHANGE = "least-change"
    LEAST_DOWNTIME = "least-downtime"
    LEAST_PRIVILEGE = "least-privilege"
    LOWEST_LATENCY = "lowest-latency"
    HIGHEST_PERFORMANCE = "highest-performance"
    HIGH_AVAILABILITY = "high-availability"
    FAULT_TOLERANCE = "fault-tolerance"
    DURABILITY = "durability"
    SCALABILITY = "scalability"
    MOST_SECURE = "most-secure"
    PRIVATE_NETWORK = "private-network"
    FASTEST_TO_IMPLEMENT = "fastest-to-implement"
    FASTEST_RECOVERY = "fastest-recovery"
