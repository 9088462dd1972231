"""A receipt and the bytes it answers → the submitter's own workbook, marked, made in a child process."""
