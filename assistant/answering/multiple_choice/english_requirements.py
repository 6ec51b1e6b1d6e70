"""The phrases by which English questions say what the right option must be like.

A blank in a pattern stands for any white space; case does not matter.
"""

from collections.abc import Mapping

from assistant.answering.multiple_choice.requirement_kinds import RequirementKind

_WITH = r"\b(?:(?:with|at|in|for) (?:the )?)?"
_LEAST = (
    r"(?:least|lowest|minimal|minimum|smallest|fewest|shortest)"
    r"(?: (?:possible|overall|total|amount of))?"
)
_HIGHEST = r"(?:highest|maximum|best)(?: possible)?"
_MINIMIZE = r"\b(?:minimi[sz]|reduc|lower|optimi[sz])(?:es?|ing)? (?:(?:the|its|their|any) )?"
_MAXIMIZE = r"\b(?:maximi[sz]|improv|increas)(?:es?|ing) (?:(?:the|its|their) )?"
_WORD = r"(?:[\w-]{1,20} )?"
_COST = r"(?:costs?|price|expenses?|spending)\b"
_OPERATING = (
    r"(?:operational|operations|administrative|management|maintenance) "
    r"(?:overhead|effort|burden|work|complexity)\b"
)
_DEVELOPING = r"(?:development|coding|implementation|engineering) (?:overhead|effort|work)\b"
_CHANGES = r"(?:changes?|modifications?|refactoring)\b"
_DISRUPTION = r"(?:downtime|disruptions?|interruptions?)\b"
_RECOVERY = r"(?:rto|rpo|recovery (?:time|point)(?: objective)?)\b"
_INTERNET = r"(?:the )?(?:public )?internet\b"

ENGLISH_PHRASES: Mapping[RequirementKind, tuple[str, ...]] = {
    RequirementKind.LOWEST_COST: (
        r"\b(?:(?:most|more) )?cost(?:-| )(?:effective(?:ly)?|efficient(?:ly)?|optimi[sz]ed)\b",
        rf"{_WITH}{_LEAST} {_WORD}{_COST}",
        rf"{_MINIMIZE}{_WORD}{_COST}",
        r"\bleast expensive(?:ly)?\b",
        r"\bcheapest\b",
        r"\bas cheaply as possible\b",
        r"\bat no (?:additional|extra) (?:cost|charge)\b",
    ),
    RequirementKind.LEAST_EFFORT: (
        rf"{_WITH}(?:{_LEAST}|less) {_OPERATING}",
        rf"{_WITH}{_LEAST} effort\b",
        rf"{_MINIMIZE}{_OPERATING}",
        r"\b(?:most )?operationally efficient\b",
        r"\bwithout (?:having to )?manag(?:e|ing) (?:any )?(?:servers|infrastructure)\b",
        r"\b(?:simplest|easiest)\b",
    ),
    RequirementKind.LEAST_DEVELOPMENT: (
        rf"{_WITH}(?:{_LEAST}|less) {_DEVELOPING}",
        rf"{_MINIMIZE}{_DEVELOPING}",
    ),
    RequirementKind.LEAST_CHANGE: (
        rf"{_WITH}{_LEAST} {_WORD}{_CHANGES}",
        rf"{_MINIMIZE}{_WORD}{_CHANGES}",
        r"\b(?:no|without)(?: any)? (?:code|application) changes\b",
        (
            r"\bwithout (?:changing|modifying|rewriting|(?:making )?(?:any )?changes to)"
            r" (?:[\w-]{1,20} ){0,2}?(?:code|applications?|apps?|programs?)\b"
        ),
    ),
    RequirementKind.LEAST_DOWNTIME: (
        rf"{_WITH}(?:{_LEAST}|no|zero|little) {_DISRUPTION}",
        rf"\bwithout (?:any )?(?:{_DISRUPTION}|interrupting\b)",
        rf"{_MINIMIZE}{_DISRUPTION}",
    ),
    RequirementKind.LEAST_PRIVILEGE: (
        r"\b(?:principle of )?least(?:-| )privileged?\b",
        r"\bminimum (?:required )?permissions\b",
    ),
    RequirementKind.LOWEST_LATENCY: (
        rf"{_WITH}(?:{_LEAST} |low(?:-| )|ultra-low(?:-| ))latency\b",
        rf"{_MINIMIZE}{_WORD}latency\b",
        r"\b(?:single-digit|sub)(?:-| )millisecond\b",
        r"\bfastest response\b",
    ),
    RequirementKind.HIGHEST_PERFORMANCE: (
        rf"{_WITH}{_HIGHEST} {_WORD}(?:performance|throughput|iops)\b",
        r"\bhigh(?:-| )(?:performance|performing|throughput)\b",
        r"\bmost performant\b",
        rf"{_MAXIMIZE}{_WORD}(?:performance|throughput)\b",
    ),
    RequirementKind.HIGH_AVAILABILITY: (
        r"\bhigh(?:ly)?(?:-| )availab(?:ility|le)\b",
        rf"{_WITH}{_HIGHEST} availability\b",
        rf"{_MAXIMIZE}availability\b",
    ),
    RequirementKind.FAULT_TOLERANCE: (
        r"\bfault(?:-| )toleran(?:t|ce)\b",
        r"\b(?:(?:more|most|highly) )?resilien(?:t|ce|cy)\b",
        r"\b(?:no|without (?:a|any)|eliminates? (?:the|any)) single points? of failure\b",
        r"\b(?:tolerate|survive|withstand)s? (?:[\w-]{1,20} ){0,5}?(?:failure|loss|outage)s?\b",
    ),
    RequirementKind.DURABILITY: (
        r"\b(?:most|highly|more) durable\b",
        rf"{_WITH}(?:high|{_HIGHEST}) durability\b",
        r"\b(?:no|without|without any|zero|minimal) data loss\b",
        r"\bwithout losing (?:any )?data\b",
    ),
    RequirementKind.SCALABILITY: (
        r"\b(?:(?:most|highly|more) )?scalable\b",
        r"\bscalability\b",
        r"\bscal(?:e|es|ing) automatically\b",
        r"\bautomatically scal(?:e|es|ing)\b",
        r"\bhandle (?:sudden |unpredictable )?(?:spikes|surges)\b",
    ),
    RequirementKind.MOST_SECURE: (
        r"\bmost secure(?:ly)?\b",
        rf"{_WITH}{_HIGHEST} (?:level of )?security\b",
        rf"{_MAXIMIZE}security\b",
        r"\bsecurely\b",
    ),
    RequirementKind.PRIVATE_NETWORK: (
        rf"\bwithout (?:traversing|using|crossing|going (?:over|through)) {_INTERNET}",
        (
            r"\b(?:must|should|does|do|may|can) ?not "
            rf"(?:traverse|cross|use|leave|go (?:over|through)) {_INTERNET}"
        ),
    ),
    RequirementKind.FASTEST_TO_IMPLEMENT: (
        r"\b(?:fastest|quickest) (?:way|solution|option|method|to implement)\b",
        r"\bmost quickly\b",
        r"\bas (?:quickly|fast|soon) as possible\b",
        rf"{_WITH}{_LEAST} time\b",
    ),
    RequirementKind.FASTEST_RECOVERY: (
        rf"{_WITH}{_LEAST} {_RECOVERY}",
        rf"{_MINIMIZE}{_RECOVERY}",
        r"\bfastest recovery\b",
        r"\brecover(?:s|ed)? (?:as |most )?quickly\b",
    ),
}
