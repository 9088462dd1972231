"""The line: what joins the stations."""
