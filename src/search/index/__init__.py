"""Where do the words lie? How an index is built, and how it is read.

Read `schema`, `keys`, `arrays` (what is in it), `codec` (how Whoosh takes part),
`generations` (where it is), `reader`, `build`.
"""
