"""Places → the scheduler and the dashboards running on 127.0.0.1, and stopped again without a trace."""
