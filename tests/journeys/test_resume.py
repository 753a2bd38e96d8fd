"""A trainee on a phone brings their résumé in, part by part, and takes the skills passport away as a file."""

import json
import re
from pathlib import Path

RESUME = {
    "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
    "basics": {"name": "Ирина Н.", "phone": "+7 902 000-11-22", "summary": "Люблю точную работу.", "location": {"city": "Димитровград"}},
    "work": [{"name": "Кофейня «Утро»", "position": "Бариста", "startDate": "2023-06", "endDate": "2024-08"}],
    "education": [{"institution": "Детская школа техники", "area": "Чертёжная графика", "startDate": "2019", "endDate": "2022"}],
    "certificates": [{"name": "Основы КОМПАС-3D", "issuer": "Учебный центр", "date": "2024-03-01"}],
    "skills": [{"name": "Жонглирование", "level": "Advanced"}],
}


def test_a_trainee_brings_a_resume_in_and_takes_the_passport_along(person):
    trainee = person(language="ru", phone=True).become("trainee")
    trainee.go("/me/passport").look("the skills passport").press("Bring in a résumé").look("bringing a résumé in")
    sent = json.dumps(RESUME, ensure_ascii=False).encode()
    trainee.fill(file={"name": "resume.json", "mimeType": "application/json", "buffer": sent}).press("Read the file")
    trainee.reads("Кофейня «Утро»").reads("Жонглирование").look("what the résumé brings").press("Take what is ticked")
    trainee.reads(re.compile("Из резюме взято")).reads("Основы КОМПАС-3D").look("a profile after a résumé")

    trainee.go("/me/passport").unfold("Download")
    with trainee.page.expect_download() as coming:
        trainee.page.get_by_text("Со всеми подтверждениями").click()
    told = json.loads(Path(coming.value.path()).read_text())
    assert told["format"] == "cadre-skills-passport"
    assert {one["kind"] for skill in told["skills"] for one in skill["evidence"]} <= {"module", "hours", "rating", "credential", "own"}
