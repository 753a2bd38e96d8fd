"""Endorsements: an employer stands by one version of a programme, for one occupation."""
