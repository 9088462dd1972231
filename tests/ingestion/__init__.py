"""Forms to rows."""
