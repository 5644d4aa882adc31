"""The numbers of a process, as Prometheus reads them."""

import os

import pytest

from syncwatch.lib import metrics

PID = f'pid="{os.getpid()}"'


@pytest.fixture(autouse=True)
def nothing_counted(monkeypatch):
    monkeypatch.setattr(metrics, "_counts", metrics.Counter())
    monkeypatch.setattr(metrics, "_gauges", metrics.Counter())
    monkeypatch.setattr(metrics, "_histograms", {})


def test_counters_and_gauges_say_which_process_they_are_of():
    metrics.count("frames", 3)
    metrics.gauge("connections", 5)
    metrics.gauge("connections", -3)
    assert metrics.render() == (
        f"# TYPE syncwatch_frames_total counter\nsyncwatch_frames_total{{{PID}}} 3\n"
        f"# TYPE syncwatch_connections gauge\nsyncwatch_connections{{{PID}}} 2\n"
    )


def test_a_histogram_counts_what_lies_at_or_below_each_bound():
    lag = metrics.histogram("lag_seconds", (0.5, 2.0))
    for value in (0.25, 0.5, 1.0, 8.0):
        lag.observe(value)
    assert metrics.render() == (
        "# TYPE syncwatch_lag_seconds histogram\n"
        f'syncwatch_lag_seconds_bucket{{{PID},le="0.5"}} 2\n'
        f'syncwatch_lag_seconds_bucket{{{PID},le="2.0"}} 3\n'
        f'syncwatch_lag_seconds_bucket{{{PID},le="+Inf"}} 4\n'
        f"syncwatch_lag_seconds_sum{{{PID}}} 9.75\n"
        f"syncwatch_lag_seconds_count{{{PID}}} 4\n"
    )


def test_asked_for_twice_it_is_one_histogram():
    assert metrics.histogram("lag_seconds", (1,)) is metrics.histogram("lag_seconds", (1,))
