"""Builds the same synthetic records here and with other generators, and compares time and memory: scripts/bench, scripts/bench-serve.

``tools`` says what is run, ``fairness`` that each did the same work, ``measuring`` how, ``bars`` what we ask of ourselves and
``page`` writes docs/contribute/performance.md. The folders hold the peers' projects, written for this.
"""
