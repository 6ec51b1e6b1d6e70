import threading
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.serving.rate_limit import MAX_KEYS, RateLimiter


class FakeClock:
    """Stands in for `time.monotonic`: stands still until it is moved."""

    def __init__(self, now: float = 0.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def test_the_limit_slides_with_the_oldest_admission() -> None:
    clock = FakeClock(100.0)
    limiter = RateLimiter(2, 10.0, clock)
    assert limiter.admit("a") == 0.0  # counts until 110
    clock.now = 104.0
    assert limiter.admit("a") == 0.0  # until 114
    assert limiter.admit("a") == 6.0
    clock.now = 109.5
    assert limiter.admit("a") == 0.5
    clock.now = 110.0
    assert limiter.admit("a") == 0.0  # until 120; two count, of 104 and 110
    assert limiter.admit("a") == 4.0


def test_a_refused_request_does_not_count() -> None:
    clock = FakeClock()
    limiter = RateLimiter(1, 10.0, clock)
    assert limiter.admit("a") == 0.0
    assert [limiter.admit("a") for _ in range(5)] == [10.0] * 5
    clock.now = 10.0
    assert limiter.admit("a") == 0.0


def test_keys_do_not_disturb_each_other() -> None:
    limiter = RateLimiter(1, 10.0, FakeClock())
    assert [limiter.admit(key) for key in ("a", "b", "", "a", "b")] == [0.0, 0.0, 0.0, 10.0, 10.0]


@pytest.mark.parametrize(
    ("limit", "seconds"),
    [(0, 1.0), (-1, 1.0), (1, 0.0), (1, -1.0), (1, float("nan")), (1, float("inf"))],
)
def test_bounds_without_sense_are_refused(limit, seconds) -> None:
    with pytest.raises(ValueError, match=r"limit|window"):
        RateLimiter(limit, seconds, FakeClock())


TIMES = st.floats(0.0, 1e9, allow_nan=False)
STEPS = st.lists(st.tuples(st.sampled_from("ab"), st.floats(0.0, 40.0)), max_size=60)


@given(st.integers(1, 4), st.floats(0.001, 100.0), TIMES, STEPS)
def test_never_more_than_the_limit_within_any_window(limit, seconds, start, steps) -> None:
    clock = FakeClock(start)
    limiter = RateLimiter(limit, seconds, clock)
    admitted = defaultdict(list)
    for key, pause in steps:
        clock.now += pause
        wait = limiter.admit(key)
        # Among the last `limit` admissions, the oldest still counts exactly if the key must wait.
        times = admitted[key]
        is_full = len(times) >= limit and clock.now < times[-limit] + seconds
        assert (wait > 0.0) == is_full
        if not is_full:
            times.append(clock.now)
    for times in admitted.values():
        for first, next_but_limit in zip(times, times[limit:], strict=False):
            assert next_but_limit >= first + seconds


@given(st.integers(1, 4), st.floats(0.001, 100.0), TIMES, STEPS)
def test_after_the_told_wait_it_admits(limit, seconds, start, steps) -> None:
    clock = FakeClock(start)
    limiter = RateLimiter(limit, seconds, clock)
    for key, pause in steps:
        clock.now += pause
        wait = limiter.admit(key)
        assert wait >= 0.0
        if wait:
            clock.now += wait
            assert limiter.admit(key) == 0.0


def test_rounding_never_tells_too_short_a_wait() -> None:
    seconds, now = 22.814428009928204, 4.776460998630705
    assert now + (seconds - now) < seconds  # floats: the difference was rounded down
    clock = FakeClock()
    limiter = RateLimiter(1, seconds, clock)
    limiter.admit("a")
    clock.now = now
    clock.now += limiter.admit("a")
    assert limiter.admit("a") == 0.0


def test_keys_whose_window_is_over_are_dropped() -> None:
    clock = FakeClock()
    limiter = RateLimiter(2, 10.0, clock)
    for key in ("a", "b", "c"):
        limiter.admit(key)
        clock.now += 1.0
    assert list(limiter._ends) == ["a", "b", "c"]
    limiter.admit("a")  # at 3: its last admission counts until 13
    clock.now = 11.5  # b's counted until 11, c's until 12
    limiter.admit("c")
    assert list(limiter._ends) == ["a", "c"]
    assert list(limiter._ends["c"]) == [12.0, 21.5]


def test_of_too_many_keys_the_stalest_goes() -> None:
    clock = FakeClock()
    limiter = RateLimiter(2, 10.0, clock)
    for number in range(MAX_KEYS):
        limiter.admit(f"k{number}")
    limiter.admit("k0")  # no longer the stalest
    assert limiter.admit("k0") == 10.0
    limiter.admit("new")
    assert len(limiter._ends) == MAX_KEYS
    assert limiter.admit("k0") == 10.0
    assert "k1" not in limiter._ends
    assert "k2" in limiter._ends


def test_threads_share_one_limit() -> None:
    limiter = RateLimiter(100, 10.0, FakeClock())
    waits: list[float] = []
    gate = threading.Barrier(8)

    def ask() -> None:
        gate.wait()
        waits.extend([limiter.admit("a") for _ in range(50)])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [0.0] * 100 + [10.0] * 300
