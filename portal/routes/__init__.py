"""What can be asked of the page, by topic; each module adds its addresses to a router."""
