"""Shows what the gate decided, as Markdown for a CI summary and for a terminal alike."""

from collections.abc import Iterator

from eval.gate import Flip, GateResult, Verdict

# A red build is read, not studied: the first flips tell what broke.
_SHOWN_FLIPS = 20


def format_gate(result: GateResult) -> str:
    """Return the verdict, the slices, and the flipped questions with both rankings."""
    return "\n".join(_format_lines(result)) + "\n"


def _format_lines(result: GateResult) -> Iterator[str]:
    yield f"## Retrieval gate: {'passed' if result.passes else 'BLOCKED'}"
    yield ""
    for verdict in result.verdicts:
        if verdict.blocks:
            yield f"- **{verdict.slice_name}, {verdict.measure}**: {verdict.blocks}"
    if result.missing:
        yield f"- **{len(result.missing)} questions of the reference are gone**: " + ", ".join(
            result.missing[:_SHOWN_FLIPS]
        )
    if result.unknown:
        yield (
            f"- {len(result.unknown)} questions are not in the reference yet; "
            "`tenkyo eval accept` takes them in"
        )
    yield ""
    yield "| slice | measure | n | reference | now | difference (95 %) | p | visible loss | gated |"
    yield "|---|---|--:|--:|--:|---|--:|--:|---|"
    yield from map(_format_verdict, result.verdicts)
    if result.flips:
        yield ""
        yield from _format_flips(result.flips)


def _format_verdict(verdict: Verdict) -> str:
    found = verdict.comparison
    gated = "yes" if verdict.gated else "too small" if verdict.visible_loss else "unknown"
    return (
        f"| {verdict.slice_name} | {verdict.measure} | {found.n} | {verdict.reference_mean:.3f} "
        f"| {verdict.mean:.3f} | {found.difference:+.3f} [{found.low:+.3f}, {found.high:+.3f}] "
        f"| {found.p_value:.3f} | {verdict.visible_loss:.3f} | {gated} |"
    )


def _format_flips(flips: tuple[Flip, ...]) -> Iterator[str]:
    lost = [flip for flip in flips if flip.was_right]
    yield f"### Flipped questions: {len(lost)} lost, {len(flips) - len(lost)} won"
    for flip in sorted(flips, key=lambda flip: not flip.was_right)[:_SHOWN_FLIPS]:
        yield ""
        question = " ".join(flip.text.split())
        yield f"- {'lost' if flip.was_right else 'won'} **{flip.query_id}** {question}"
        yield f"  - gold: {', '.join(flip.gold)}"
        yield f"  - before: {' > '.join(flip.before)}"
        yield f"  - now: {' > '.join(flip.after)}"
    if len(flips) > _SHOWN_FLIPS:
        yield ""
        yield f"- and {len(flips) - _SHOWN_FLIPS} more"
