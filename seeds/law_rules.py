"""What the law limits, as data; to be checked with a lawyer before it is relied on."""

from datetime import date
from typing import Any

RULES: list[dict[str, Any]] = [
    {
        "country": "RU",
        "name": "minor_hours",
        "subject": "practice",
        "valid_from_on": date(2002, 2, 1),
        "source": "Labour Code of the Russian Federation, arts. 92, 94, 96, 265",
        "parameters": {
            "day": [{"under": 15, "hours": 4}, {"under": 16, "hours": 5}, {"under": 18, "hours": 7}, {"hours": 8}],
            "week": [{"under": 16, "hours": 24}, {"under": 18, "hours": 35}, {"hours": 40}],
            "night": {"under": 18, "from": 22, "to": 6},
            "hazards": {"under": 18},
            "cited": {
                "en": {
                    "day": "Labour Code, art. 94",
                    "week": "Labour Code, art. 92",
                    "night": "Labour Code, art. 96",
                    "hazards": "Labour Code, art. 265",
                },
                "ru": {"day": "ТК РФ, ст. 94", "week": "ТК РФ, ст. 92", "night": "ТК РФ, ст. 96", "hazards": "ТК РФ, ст. 265"},
            },
        },
    },
    {
        "country": "RU",
        "name": "retention",
        "subject": "credential",
        "valid_from_on": date(2020, 2, 18),
        "source": "Rosarkhiv order 236 of 20.12.2019, list of records with terms of keeping",
        "parameters": {"years": 50},
    },
    {
        "country": "RU",
        "name": "retention",
        "subject": "ruling",
        "valid_from_on": date(2020, 2, 18),
        "source": "Rosarkhiv order 236 of 20.12.2019, list of records with terms of keeping",
        "parameters": {"years": 50},
    },
    {
        "country": "RU",
        "name": "retention",
        "subject": "agreement",
        "valid_from_on": date(2020, 2, 18),
        "source": "Rosarkhiv order 236 of 20.12.2019, list of records with terms of keeping",
        "parameters": {"years": 5},
    },
]
"""Rows for `taxonomy.services.load(System(...), LawRule, rows=RULES)`."""
