"""A browser → `cotmoc`: the page on which officers hand in and reviewers decide. Thin: every decision is the line's."""
