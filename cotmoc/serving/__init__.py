"""Places → scheduler, dashboards and submission page running on 127.0.0.1, and stopped again without a trace."""
