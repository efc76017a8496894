"""How fast, and on what machine? What can be run here is run by `python -m benchmarks.NAME`.

`generated` makes an archive to measure on, `queries` picks what is asked of
it, `asking` asks and times, `machine` says what it was measured with, `speed`
builds, measures and gathers the figures, `table` shows them.
"""
