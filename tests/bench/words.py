"""Names and titles of the sort that a Russian region has."""

FAMILY = ("Белов", "Орлова", "Галимов", "Титова", "Зарипов", "Ершова", "Маслов", "Фомина", "Кузьмин", "Сафина", "Панов", "Лаптева")
GIVEN = ("Артём", "Нина", "Ильназ", "Алиса", "Тимур", "Варвара", "Никита", "Гульнара", "Егор", "София", "Руслан", "Вера", "Глеб")
TOWNS = ("Димитровград", "Ульяновск", "Инза", "Барыш", "Новоульяновск", "Сенгилей", "Мелекесс", "Чердаклы")
PLACES = ("Курчатова", "Гагарина", "Королёва", "Туполева", "Менделеева", "Лобачевского", "Попова", "Ползунова", "Нартова", "Чебышёва")
TITLES = (
    ("Сварщик ручной и частично механизированной сварки", "Welder, manual and semi-automatic welding"),
    ("Мастер слесарных работ", "Fitter and toolmaker"),
    ("Оператор-наладчик металлообрабатывающих станков", "Setter-operator of metal-cutting machines"),
    ("Электромонтёр по ремонту электрооборудования", "Electrician for the repair of electrical equipment"),
    ("Мастер по ремонту и обслуживанию автомобилей", "Vehicle repair and maintenance"),
    ("Технология машиностроения", "Mechanical engineering technology"),
    ("Монтаж и ремонт промышленного оборудования", "Installation and repair of industrial equipment"),
    ("Обслуживание роботизированного производства", "Maintenance of robotic production"),
    ("Металловедение и обработка металлов давлением", "Metallurgy and metal forming"),
    ("Управление качеством продукции", "Quality management of products"),
    ("Разработка программного обеспечения", "Software development"),
    ("Лаборант химического анализа", "Chemical analysis laboratory assistant"),
    ("Токарь-универсал", "Turner"),
    ("Фрезеровщик", "Milling machine operator"),
    ("Контролёр станочных и слесарных работ", "Inspector of machining work"),
)
SEARCHES = ("сварка", "ремонт автомобилей", "наладчик станков", "токарь", "welder", "repair equipment", "quality", "software development")
"""What people look for, in both languages."""
