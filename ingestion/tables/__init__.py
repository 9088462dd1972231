"""Sheets → tables: what stands where, in each family of forms."""
