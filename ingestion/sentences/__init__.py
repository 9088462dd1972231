"""Rule → the two sentences an officer reads: what is expected; what is wrong and how to put it right."""

from __future__ import annotations

from ingestion.sentences.cells import CELLS
from ingestion.sentences.files import FILES
from ingestion.sentences.sentence import Sentence
from ingestion.sentences.tables import TABLES

SENTENCES: dict[str, Sentence] = FILES | TABLES | CELLS
