"""The headers that tell a browser what a page of the chat may do, and who may have it."""

# gradio compiles its templates and the functions of its events, for which it needs 'unsafe-eval',
# and styles elements one by one. Scripts that stand in the page itself must carry the nonce, so
# that nothing a note says can run as one.
_PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_OTHER_POLICY = "default-src 'none'; frame-ancestors 'none'"

_EVERYWHERE = (
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)

Headers = list[tuple[bytes, bytes]]


def add_security_headers(headers: Headers, nonce: str | None = None) -> Headers:
    """Return the headers of a response with those that guard it.

    :param nonce: what the page's own scripts carry; None if the response is no page.
    """
    policy = _OTHER_POLICY if nonce is None else _PAGE_POLICY.format(nonce=nonce)
    ours = [(b"content-security-policy", policy.encode()), *_EVERYWHERE]
    names = {name for name, _ in ours}
    kept = [(name, value) for name, value in headers if name.lower() not in names]
    if not any(name.lower() == b"cache-control" for name, _ in kept):
        # What notes say does not belong into the cache of a browser on the disk.
        kept.append((b"cache-control", b"no-store"))
    return [*kept, *ours]
