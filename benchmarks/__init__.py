"""How fast, and on what machine? What can be run here is run by `python -m benchmarks.NAME`.

`generated` makes an archive to measure on, `corpora` names those there are,
`queries` picks what is asked, `forms` says it for engines that read queries
otherwise, `ready` analyses once for all of them. `product` times a build,
`stock_whoosh`, `sqlite_fts5` and `tantivy_py` are the other engines, `engines`
runs each in processes of its own, `asking` asks and times, `machine` says what
it was measured with. `speed` gathers the figures, `compare` sets them against
each other, `table` shows them.

`load` asks a served archive as many people at once would; `alignment` measures
by itself how well paragraphs are paired.
"""
