"""Answers → stdout, for a person or for a program; everything else → stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer

# Wide enough that a table in a pipe keeps one line a row.
_PIPE_WIDTH = 400
_TREE_WIDTH = 10_000

# Lines, each with what stands under it.
Branches = Sequence[tuple[str, "Branches"]]


def tell_json(value: object) -> None:
    """Print a value as JSON, and nothing else, on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=str))


def tell(text: str) -> None:
    """Print a line for a person on stdout."""
    typer.echo(text)


def complain(text: str) -> None:
    """Print one sentence about an error on stderr."""
    typer.echo(f"cotmoc: {' '.join(text.split())}", err=True)


def tell_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, numbers: Iterable[str] = ()) -> None:
    """Print a table on stdout; the columns in `numbers` stand to the right."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    right = set(numbers)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else escape(str(value)) for value in row))
    Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH, highlight=False).print(table)


def tell_tree(trunk: str, branches: Branches) -> None:
    """Print a tree on stdout: each branch is a line with the branches under it."""
    from rich.console import Console
    from rich.markup import escape
    from rich.tree import Tree

    def grow(tree: Tree, grown: Branches) -> None:
        for line, under in grown:
            grow(tree.add(escape(line)), under)

    tree = Tree(escape(trunk))
    grow(tree, branches)
    # In a pipe a line stays a line, however long.
    Console(width=None if sys.stdout.isatty() else _TREE_WIDTH, highlight=False).print(tree)


@contextmanager
def progress(title: str) -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is being done; in a pipe say nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as display:
        task = display.add_task(title)
        yield lambda step: display.update(task, description=f"{title}: {step}")
