"""From the addresses of a site's links to a verdict on each: what is left out, what is known already, what is asked for
now, and in how much time.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from postlint.config.external import ExternalSettings, HostSettings, matcher, with_environment
from postlint.net.address import Address, AddressError, parse
from postlint.net.ask import Asking, Manners
from postlint.net.cache import Cache
from postlint.net.client import Client
from postlint.net.failure import Failure
from postlint.net.gate import Gate
from postlint.net.observation import Observation, judge
from postlint.net.policy import Policy
from postlint.net.resolve import Lookup, Names, system_lookup
from postlint.verdict import Standing, Verdict

__all__ = ["Answers", "check"]

_PAUSE = 1.0
"""Seconds before a second try; each further one waits twice as long."""
_EXAMPLES = ("example.com", "example.org", "example.net", "example.edu")
_EXAMPLE_ENDINGS = (".example", ".invalid", ".test", ".localhost", ".local", ".onion")
"""Names that no public host has (RFC 2606, 6761, 6762, 7686)."""


@dataclass(slots=True)
class Answers:
    """What a check found.

    Attributes:
        verdicts: one for each address that was handed in.
        notices: worth telling: no cache, a variable that is not set, no time.
        asked: how many addresses were asked for now.
    """

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    asked: int = 0


@dataclass(slots=True)
class _Job:
    """One thing to ask for, whoever wants it: after remapping, several addresses may be the same."""

    address: Address
    fragments: set[str] = field(default_factory=set)
    written: list[str] = field(default_factory=list)
    remapped: set[str] = field(default_factory=set)
    """Those of ``written`` that it only stands in for."""


def check(
    wanted: Mapping[str, Collection[str]],
    settings: ExternalSettings,
    *,
    now: float,
    folder: Path | None = None,
    refresh: bool = False,
    progress: Callable[[int, int], None] | None = None,
    environ: Mapping[str, str] = os.environ,
    lookup: Lookup = system_lookup,
    tls: ssl.SSLContext | None = None,
) -> Answers:
    """A verdict on every address.

    Args:
        wanted: addresses without their fragments, each with the fragments that links to it have.
        now: seconds since 1970 that count as now, for the ages of what is known.
        folder: where answers are remembered; None: nowhere.
        refresh: ask again for all that was not fine.
        progress: told the number of addresses to ask for, then each number done.
        environ: where secrets and proxies are.
        lookup, tls: what stands for the system's name servers and certificates.

    Raises:
        KeyboardInterrupt: the user had enough; what was answered until then is remembered.
    """
    answers = Answers()
    jobs = _plan(wanted, settings, answers)
    with Cache.open(folder) as cache:
        cache.prune(min(now, time.time()))  # a run that pretends to be in the future forgets nothing
        waiting: list[_Job] = []
        known = dict(cache.get(str(job.address) for job in jobs))
        for job in jobs:
            seen = known.get(str(job.address))
            if seen is not None and _believed(seen, job, settings, now, refresh=refresh):
                _settle(answers, job, seen, settings, kept=True)
            else:
                waiting.append(job)
        answers.asked = len(waiting)
        if waiting:
            run = _Run(settings, cache, answers, now, progress, environ, lookup, tls)
            asyncio.run(run.ask_for(waiting))
        answers.notices += cache.notices
    # In the order in which they were handed in, whoever answered first.
    answers.verdicts = {written: answers.verdicts[written] for written in wanted}
    return answers


def _plan(wanted: Mapping[str, Collection[str]], settings: ExternalSettings, answers: Answers) -> list[_Job]:
    ignored = [matcher(pattern) for pattern in settings.ignore]
    jobs: dict[str, _Job] = {}
    for written, fragments in wanted.items():
        if any(pattern.search(written) for pattern in ignored):
            answers.verdicts[written] = Verdict(Standing.IGNORED, "the settings leave it out")
            continue
        moved = next((to + written[len(of) :] for of, to in settings.remap if written.startswith(of)), written)
        try:
            address = parse(moved).with_fragment("")
        except AddressError as error:
            answers.verdicts[written] = Verdict(Standing.UNVERIFIED, f"it {error}")
            continue
        if address.host in _EXAMPLES or address.host.endswith(tuple("." + name for name in _EXAMPLES)):
            answers.verdicts[written] = Verdict(Standing.IGNORED, "only examples have such a host")
            continue
        if address.host.endswith(_EXAMPLE_ENDINGS) and not _allowed(address.host, settings):
            answers.verdicts[written] = Verdict(Standing.IGNORED, "no public host has such a name")
            continue
        job = jobs.setdefault(str(address), _Job(address))
        job.written.append(written)
        if moved is not written:
            job.remapped.add(written)
        if settings.fragments:
            job.fragments.update(fragments)
    return list(jobs.values())


def _allowed(host: str, settings: ExternalSettings) -> bool:
    return any(HostSettings(entry).holds_for(host) for entry in settings.allow_private)


def _believed(seen: Observation, job: _Job, settings: ExternalSettings, now: float, *, refresh: bool) -> bool:
    """Whether what was seen earlier is still good enough."""
    standing = judge(job.address, seen, accept=_accepted(job.address.host, settings)).standing
    fine = standing in (Standing.OK, Standing.MOVED)
    keep = settings.keep_ok if fine else settings.keep_dead if standing is Standing.DEAD else settings.keep_unverified
    if not -300 <= now - seen.asked < keep or (refresh and not fine):
        return False
    from postlint.net.ids import can_be_looked_for

    return all(name in seen.fragments for name in job.fragments if can_be_looked_for(name)) or not fine


def _accepted(host: str, settings: ExternalSettings) -> frozenset[int]:
    own = (entry.accept for entry in settings.hosts if entry.holds_for(host))
    return frozenset(settings.accept).union(*own)


def _settle(answers: Answers, job: _Job, seen: Observation, settings: ExternalSettings, *, kept: bool = False) -> None:
    accept = _accepted(job.address.host, settings)
    verdict = judge(job.address, seen, accept=accept, fragments=job.fragments, kept=kept)
    for written in job.written:
        # Where a stand-in has moved to says nothing of what it stands in for.
        stays = written in job.remapped and verdict.standing is Standing.MOVED
        answers.verdicts[written] = replace(verdict, standing=Standing.OK) if stays else verdict


class _Run:
    """One round of asking."""

    def __init__(
        self,
        settings: ExternalSettings,
        cache: Cache,
        answers: Answers,
        now: float,
        progress: Callable[[int, int], None] | None,
        environ: Mapping[str, str],
        lookup: Lookup,
        tls: ssl.SSLContext | None,
    ) -> None:
        self.settings = settings
        self.cache = cache
        self.answers = answers
        self.now = now
        self.progress = progress
        self.tls = tls
        self.proxies = _proxies(environ) if settings.proxy else {}
        proxy_hosts = [urlsplit(proxy).hostname or "" for proxy in self.proxies.values()]
        policy = Policy.allowing([*settings.allow_private, *filter(None, proxy_hosts)])
        self.names = Names(policy, lookup, pause=_PAUSE)
        self.gates: dict[str, Gate] = {}
        self.environ = environ
        self._unset: set[str] = set()
        self._private = [HostSettings(entry) for entry in settings.allow_private]

    async def ask_for(self, jobs: list[_Job]) -> None:
        settings = self.settings
        if self.progress is not None:
            self.progress(len(jobs), 0)
        queues: dict[str, deque[_Job]] = {}
        for job in jobs:
            queues.setdefault(job.address.host, deque()).append(job)
        manners = Manners(
            retries=settings.retries,
            pause=_PAUSE,
            redirects=settings.max_redirects,
            budget=max(settings.timeout * 6, 60.0),
        )
        async with Client(
            self.names, timeout=settings.timeout, tls=self.tls, headers_for=self.headers_for, proxies=self.proxies
        ) as client:
            asking = Asking(
                client,
                manners,
                self.gate_for,
                settings.concurrency,
                robots=settings.robots,
                clock=lambda: self.now,
            )
            workers = [
                asyncio.create_task(self.work(asking, queue, len(jobs)))
                for host, queue in queues.items()
                for _ in range(min(len(queue), self._at_once(host)))
            ]
            try:
                done, late = await asyncio.wait(workers, timeout=settings.max_time)
            finally:
                for worker in workers:
                    worker.cancel()
                await asyncio.gather(*workers, return_exceptions=True)
            for worker in done:
                worker.result()  # a mistake of ours is not to be passed over
        if late:
            self._not_reached(jobs)

    async def work(self, asking: Asking, queue: deque[_Job], total: int) -> None:
        while queue:
            job = queue.popleft()
            seen = await asking.observe(job.address, job.fragments)
            self.cache.put(str(job.address), seen)
            _settle(self.answers, job, seen, self.settings)
            if self.progress is not None:
                self.progress(total, 1)

    def _not_reached(self, jobs: list[_Job]) -> None:
        left = [job for job in jobs if job.written[0] not in self.answers.verdicts]
        seen = Observation(self.now, failure=Failure.NOT_REACHED, words="not reached in the time for this run")
        for job in left:
            _settle(self.answers, job, seen, self.settings)
        self.answers.notices.append(
            f"{len(left):,} external addresses were not reached within {self.settings.max_time:g} s;"
            " the next run goes on with them"
        )

    # Hosts ---------------------------------------------------------------------------------------------------

    def gate_for(self, host: str) -> Gate:
        gate = self.gates.get(host)
        if gate is None:
            delay = self.settings.delay
            for entry in self.settings.hosts:
                if entry.holds_for(host) and entry.delay is not None:
                    delay = entry.delay
            gate = self.gates[host] = Gate(self._at_once(host), delay)
        return gate

    def _at_once(self, host: str) -> int:
        number = self.settings.per_host
        for entry in self.settings.hosts:
            if entry.holds_for(host) and entry.per_host is not None:
                number = entry.per_host
        return number

    def headers_for(self, address: Address) -> dict[str, str]:
        """Further fields for one request. One with a secret in it goes nowhere without encryption, except to hosts of
        the user's own network."""
        fields: dict[str, str] = {}
        for entry in self.settings.hosts:
            if not entry.holds_for(address.host):
                continue
            for name, value in entry.headers:
                whole = with_environment(value, self.environ)
                if whole is None:
                    self._say_once(f"requests to {entry.host} go without `{name}`: the environment lacks what it needs")
                elif whole == value or address.scheme == "https" or self._is_private(address):
                    fields[name] = whole
        return fields

    def _is_private(self, address: Address) -> bool:
        return bool(address.ip) or any(entry.holds_for(address.host) for entry in self._private)

    def _say_once(self, notice: str) -> None:
        if notice not in self._unset:
            self._unset.add(notice)
            self.answers.notices.append(notice)


def _proxies(environ: Mapping[str, str]) -> dict[str, str]:
    """Proxies by scheme, under the names that other programs read them from."""
    found = {}
    for scheme in ("http", "https"):
        for name in (f"{scheme}_proxy", f"{scheme.upper()}_PROXY", "all_proxy", "ALL_PROXY"):
            if value := environ.get(name):
                found[scheme] = value
                break
    return found
