"""Medians, ratios, goals and the table that they end in."""

from __future__ import annotations

import json
from pathlib import Path

from bench.measure import Report, in_turn, median, percentile, timings


def test_contenders_run_in_turn_and_keep_their_samples_apart() -> None:
    order = []

    def contender(name: str, figures: list[int]):
        def run() -> dict[str, int]:
            order.append(name)
            return {"rate": figures.pop(0)}

        return run

    samples = in_turn({"ours": contender("ours", [1, 9, 5]), "limit": contender("limit", [10, 30, 20])}, 3)

    assert order == ["ours", "limit"] * 3
    assert (median(samples["ours"], "rate"), median(samples["limit"], "rate")) == (5, 20)


def test_a_goal_judges_the_ratio_or_the_figure_where_there_is_nothing_to_compare_with() -> None:
    report = Report()
    report.add("list", "rate", "/s", 60, 100, at_least=0.65)
    report.add("list", "rate", "/s", 70, 100, at_least=0.65)
    report.add("start", "second start", "s", 9.5, at_most=10)
    report.add("list", "CPU", "us", 5)

    assert [(row.ratio, row.met) for row in report.rows] == [(0.6, False), (0.7, True), (None, True), (None, None)]
    told = report.table()
    assert told.count("MISSED") == 1
    assert "0.60" in told


def test_a_case_that_failed_stands_in_the_table_and_in_the_file(tmp_path: Path) -> None:
    report = Report(problems={"hub": "RuntimeError: it did not start"})
    report.add("list", "rate", "/s", 1)
    report.write(tmp_path / "deep" / "result.json")

    assert "hub: not measured: RuntimeError: it did not start" in report.table()
    written = json.loads((tmp_path / "deep" / "result.json").read_text())
    assert written["problems"] == {"hub": "RuntimeError: it did not start"}
    assert written["rows"][0]["ours"] == 1


def test_percentiles_of_sorted_values() -> None:
    values = [float(number) for number in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1.0)) == (51, 100, 100)


def test_timings_are_bounded_in_number_and_in_seconds() -> None:
    assert len(timings(lambda: None, times=7)) == 7
    assert len(timings(lambda: None, times=10**9, at_most=0.05)) < 10**9
