"""M/M/1 in SimPy: Models/mm1.yaml. Arguments: customers, seed."""

import json
import platform
import random
import sys
import time

import simpy

ARRIVALS_PER_SECOND = 0.8
MEAN_WORK_SECONDS = 1.0


def customer(env, desk, draws, waits, latencies):
    arrived = env.now
    with desk.request() as turn:
        yield turn
        waits.append(env.now - arrived)
        yield env.timeout(draws.expovariate(1 / MEAN_WORK_SECONDS))
    latencies.append(env.now - arrived)


def arrivals(env, desk, draws, customers, waits, latencies):
    for _ in range(customers):
        yield env.timeout(draws.expovariate(ARRIVALS_PER_SECOND))
        env.process(customer(env, desk, draws, waits, latencies))


def main(customers, seed):
    env = simpy.Environment()
    desk = simpy.Resource(env, capacity=1)
    waits = []
    latencies = []
    env.process(arrivals(env, desk, random.Random(seed), customers, waits, latencies))
    began = time.perf_counter()
    env.run()
    seconds = time.perf_counter() - began
    means = {"customers": latencies, "desk wait": waits}
    print(json.dumps({
        "seconds": seconds, "requests": customers,
        "meanSeconds": {name: sum(values) / len(values) for name, values in means.items()},
        "simpy": simpy.__version__, "python": platform.python_version(),
    }))


main(int(sys.argv[1]), int(sys.argv[2]))
