"""The core of the Health Justice Landscape: plain Python that turns record files into pages.

Nothing here imports MkDocs. The flow runs one way: ``load`` reads files, ``parse`` makes records,
``checks`` judges them, ``derive`` relates them, ``views`` shapes them for reading and ``render`` writes HTML.
"""
