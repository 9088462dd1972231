"""The Word template of the report, and the script that makes it anew."""
