"""Cadre: vocational schools, trainees and employers of a region, working together."""
