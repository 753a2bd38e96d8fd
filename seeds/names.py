"""Invented names, with the endings that Russian gives to men and women; nobody living is meant."""

from random import Random
from typing import NamedTuple


def several(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


class Name(NamedTuple):
    """An invented person's name."""

    family: str
    given: str
    patronymic: str
    woman: bool

    @property
    def latin(self) -> str:
        """Given and family name as an e-mail address has them."""
        return f"{latin(self.given)}.{latin(self.family)}"


class Stock(NamedTuple):
    """Names that go together: given names of men and women, family names in the men's form, patronymics without their endings."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]
    fathers: tuple[str, ...]


RUSSIAN = Stock(
    several(
        "Александр Алексей Андрей Антон Артём Богдан Вадим Валерий Виктор Виталий Владимир Владислав Глеб Григорий Даниил Денис Дмитрий "
        "Евгений Егор Иван Игорь Илья Кирилл Константин Лев Максим Матвей Михаил Никита Николай Олег Павел Пётр Роман Руслан Савелий "
        "Семён Сергей Степан Тимофей Фёдор Юрий Ярослав"
    ),
    several(
        "Алёна Александра Алиса Анастасия Ангелина Анна Арина Валентина Валерия Варвара Вера Вероника Виктория Галина Дарья Диана Ева "
        "Евгения Екатерина Елена Елизавета Злата Ирина Карина Кира Кристина Ксения Любовь Маргарита Марина Мария Надежда Наталья Оксана "
        "Ольга Полина Светлана София Таисия Татьяна Ульяна Юлия Яна"
    ),
    several(
        "Белов Борисов Быков Виноградов Власов Волков Воробьёв Гаврилов Герасимов Голубев Гордеев Горшков Громов Гусев Давыдов Данилов "
        "Денисов Дмитриев Дорофеев Егоров Емельянов Ершов Ефимов Жданов Жуков Журавлёв Зайцев Захаров Зимин Зуев Иванов Ильин Исаев "
        "Казаков Калинин Карпов Киселёв Климов Ковалёв Козлов Комаров Кондратьев Коновалов Королёв Крылов Крюков Кузнецов Кузьмин Куликов "
        "Лаврентьев Лазарев Лебедев Логинов Лукин Макаров Максимов Маслов Матвеев Медведев Мельников Миронов Михайлов Морозов Назаров "
        "Никитин Николаев Новиков Носов Орлов Осипов Павлов Панов Петров Пименов Поляков Пономарёв Прохоров Родионов Романов Рыжов Рябов "
        "Савельев Сазонов Самсонов Семёнов Сергеев Сидоров Симонов Соболев Соколов Соловьёв Сорокин Степанов Субботин Суворов Тарасов "
        "Титов Тихонов Трофимов Уваров Устинов Фадеев Федотов Филатов Фомин Фролов Харитонов Цветков Чернов Шестаков Широков Шубин Щукин "
        "Юдин Яковлев Волжский Заречный Луговской Покровский Бондаренко Кравченко Марченко"
    ),
    several(
        "Александров Алексеев Анатольев Андреев Антонов Борисов Вадимов Валерьев Васильев Викторов Владимиров Вячеславов "
        "Геннадьев Григорьев Денисов Дмитриев Евгеньев Иванов Игорев Константинов Максимов Михайлов Николаев Олегов Павлов Петров Романов "
        "Сергеев Станиславов Степанов Юрьев"
    ),
)
TATAR = Stock(
    several(
        "Айдар Айнур Айрат Азат Алмаз Амир Артур Булат Данис Дамир Динар Ильдар Ильназ Ильнур Ильшат Камиль Марат Марсель Наиль Радик Рамиль "
        "Ранис Рафаэль Ренат Ринат Рустам Салават Самат Тимур Фанис Шамиль Эльдар"
    ),
    several(
        "Адиля Айгуль Айсылу Алина Алия Альбина Амина Гузель Гульназ Гульнара Гульшат Дина Динара Диляра Замира Зарина Зиля Зульфия "
        "Камилла Лейла Лейсан Ляйля Мадина Нурия Разиля Регина Резеда Рената Рузиля Сабина Самира Фарида Чулпан Эльвира Эльмира"
    ),
    several(
        "Абдуллин Айметов Алимов Аминов Ахметов Ахметзянов Бадретдинов Багаутдинов Батыршин Биктимиров Валеев Валиуллин Гайнуллин Галеев "
        "Галимов Галиуллин Гарипов Гилязов Гиматдинов Давлетшин Закиров Залялов Замалетдинов Зарипов Зиганшин Ибрагимов Идиятуллин "
        "Исмагилов Камалов Каримов Латыпов Мавлютов Мифтахов Мухаметзянов Мухаметшин Насибуллин Насыров Низамов Нуриев "
        "Нуруллин Рахимов Рахматуллин Сабиров Садыков Салахов Салимов Сафин Сафиуллин Сулейманов Сунгатуллин Тагиров Усманов Фазылов "
        "Фаттахов Хайруллин Хакимов Халилов Хамидуллин Хасанов Хисамов Хуснутдинов Шайхутдинов Шакиров Шамсутдинов Шарафутдинов Шарипов "
        "Юнусов Юсупов Ягудин Якупов"
    ),
    several(
        "Айратов Альбертов Дамиров Ильдаров Ильдусов Камилев Маратов Наилев Радиков Раилев Рамилев Рафаилев Ренатов Ринатов Рустамов "
        "Салаватов Тагиров Фанисов Фаритов Шамилев Эдуардов"
    ),
)
LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        several("a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"),
        strict=True,
    )
)


def latin(word: str) -> str:
    """A Russian word in Latin letters, as addresses write it."""
    return "".join(LETTERS.get(sign, sign) for sign in word.lower()).replace("-", "")


def family(stem: str, *, woman: bool) -> str:
    """A family name in the form for a man or a woman."""
    if not woman or stem.endswith("ко"):
        return stem
    return f"{stem[:-2]}ая" if stem.endswith(("ий", "ый", "ой")) else f"{stem}а"


class Names:
    """Gives names, none of them twice."""

    def __init__(self, chance: Random) -> None:
        """Nobody is named yet."""
        self._chance = chance
        self._given: set[tuple[str, str]] = set()

    def another(self, *, woman: bool | None = None) -> Name:
        """A name that nobody has yet."""
        while True:
            stock = RUSSIAN if self._chance.random() < 0.7 else TATAR
            she = self._chance.random() < 0.42 if woman is None else woman
            found = self._one(stock, self._chance.choice(stock.families), woman=she)
            if found[:2] not in self._given:
                self._given.add(found[:2])
                return found

    def mother_of(self, child: Name) -> Name:
        """A mother by the child's family name."""
        stem = next(one for stock in (RUSSIAN, TATAR) for one in stock.families if family(one, woman=child.woman) == child.family)
        stock = RUSSIAN if stem in RUSSIAN.families else TATAR
        return self._one(stock, stem, woman=True)

    def _one(self, stock: Stock, stem: str, *, woman: bool) -> Name:
        father = self._chance.choice(stock.fathers)
        given = self._chance.choice(stock.women if woman else stock.men)
        return Name(family(stem, woman=woman), given, f"{father}{'на' if woman else 'ич'}", woman)
