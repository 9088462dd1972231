"""Cells as typed → values: pure functions, handed the form's conventions and the registered names."""
