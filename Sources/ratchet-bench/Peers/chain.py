"""The three-tier chain in SimPy: Models/chain.yaml. Arguments: requests, seed."""

import json
import math
import platform
import random
import sys
import time

import simpy

ARRIVALS_PER_SECOND = 1280
MEAN_WORK_SECONDS = 0.01
TIMEOUT_SECONDS = 1
PAUSE_SECONDS = 0.05
ATTEMPTS = 3

# A lognormal distribution whose mean is MEAN_WORK_SECONDS and whose coefficient of variation is 1.
SIGMA = math.sqrt(math.log(2))
MU = math.log(MEAN_WORK_SECONDS) - SIGMA**2 / 2


class Tier:
    def __init__(self, env, draws, threads, queue, calls=None):
        self.env = env
        self.draws = draws
        self.pool = simpy.Resource(env, capacity=threads)
        self.queue = queue
        self.calls = calls
        self.waits = []
        self.latencies = []
        self.failures = []

    def serve(self):
        """An attempt at this tier; its value says whether it succeeded."""
        arrived = self.env.now
        if len(self.pool.queue) >= self.queue:
            self.failures.append(0)
            return False
        with self.pool.request() as thread:
            yield thread
            self.waits.append(self.env.now - arrived)
            yield self.env.timeout(self.draws.lognormvariate(MU, SIGMA))
            succeeded = True if self.calls is None else (yield from call(self.env, self.calls))
        (self.latencies if succeeded else self.failures).append(self.env.now - arrived)
        return succeeded


def call(env, tier):
    """Up to three attempts, each for a second at most; one that is given up works on by itself."""
    for attempt in range(ATTEMPTS):
        if attempt > 0:
            yield env.timeout(PAUSE_SECONDS)
        answer = env.process(tier.serve())
        yield answer | env.timeout(TIMEOUT_SECONDS)
        if answer.triggered and answer.value:
            return True
    return False


def request(env, tier, latencies, failures):
    arrived = env.now
    succeeded = yield from call(env, tier)
    (latencies if succeeded else failures).append(env.now - arrived)


def arrivals(env, tier, draws, requests, latencies, failures):
    for _ in range(requests):
        yield env.timeout(draws.expovariate(ARRIVALS_PER_SECOND))
        env.process(request(env, tier, latencies, failures))


def main(requests, seed):
    env = simpy.Environment()
    draws = random.Random(seed)
    c = Tier(env, draws, threads=16, queue=1000)
    b = Tier(env, draws, threads=32, queue=1000, calls=c)
    a = Tier(env, draws, threads=64, queue=1000, calls=b)
    latencies = []
    failures = []
    env.process(arrivals(env, a, draws, requests, latencies, failures))
    began = time.perf_counter()
    env.run()
    seconds = time.perf_counter() - began
    means = {"w": latencies}
    for name, tier in (("a", a), ("b", b), ("c", c)):
        means[f"{name}.serve"] = tier.latencies
        means[f"{name} wait"] = tier.waits
    print(json.dumps({
        "seconds": seconds, "requests": requests, "failures": len(failures),
        "meanSeconds": {name: sum(values) / max(1, len(values)) for name, values in means.items()},
        "simpy": simpy.__version__, "python": platform.python_version(),
    }))


main(int(sys.argv[1]), int(sys.argv[2]))
