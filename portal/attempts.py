"""Attempts by name and by address → who has to wait, and how long. Counted in memory by the library `limits`."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

from limits import RateLimitItem, RateLimitItemPerSecond, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter

from portal.rules import Rules


@dataclass
class Attempts:
    """What was tried lately. A name counts as typed, whether or not there is such an account."""

    rules: Rules
    _storage: MemoryStorage = field(default_factory=MemoryStorage)

    def __post_init__(self) -> None:
        sign_in = self.rules.sign_in
        self._moving, self._fixed = (
            MovingWindowRateLimiter(self._storage),
            FixedWindowRateLimiter(self._storage),
        )
        self._failures = RateLimitItemPerSecond(sign_in.failures, sign_in.within_seconds, "failures")
        self._lock = RateLimitItemPerSecond(1, sign_in.locked_seconds, "locked")
        self._addresses = parse(sign_in.attempts_per_address)
        self._uploads = parse(self.rules.uploads.per_account)

    def seconds_to_wait(self, username: str, address: str) -> int:
        """Return how long a name or an address has to wait before it may try to sign in, 0 when it may now.

        Asking counts as an attempt of the address.
        """
        if not self._moving.hit(self._addresses, address):
            return self._left(self._moving, self._addresses, address)
        if not self._fixed.test(self._lock, username):
            return self._left(self._fixed, self._lock, username)
        return 0

    def failed(self, username: str) -> None:
        """Count a wrong password; the last one that is allowed locks the name."""
        self._moving.hit(self._failures, username)
        if not self._moving.test(self._failures, username):
            self._fixed.hit(self._lock, username)
            self._moving.clear(self._failures, username)

    def succeeded(self, username: str) -> None:
        """Forget the wrong passwords of a name."""
        self._moving.clear(self._failures, username)

    def seconds_to_wait_for_upload(self, username: str) -> int:
        """Return how long an account has to wait before its next file, 0 when it may hand in now; it is counted."""
        if self._moving.hit(self._uploads, username):
            return 0
        return self._left(self._moving, self._uploads, username)

    def _left(
        self, limiter: MovingWindowRateLimiter | FixedWindowRateLimiter, item: RateLimitItem, key: str
    ) -> int:
        return max(1, math.ceil(limiter.get_window_stats(item, key).reset_time - time.time()))
