"""The facts of an article: invented names, sums, dates, places and measurements, drawn fresh for each article.

Facts carry most of an article's information, so nobody (and no model) can guess an article from its template.
"""

FIRST_NAMES = """Ada Agnes Aino Alasdair Alba Albert Alma Amadou Amir Anaïs Andrés Anselm Anwen Arlo Astrid Atli
Aurélie Bastian Beatrix Benedict Bertil Björn Blanche Boris Brigid Caoimhe Caspar Cecily Céline Chidi Chloé Clement
Conrad Cora Cosmo Dagny Damaris Darius Delphine Desmond Dilys Dmitri Dolores Duncan Edda Edmund Eleri Elif Elkanah
Émile Enid Esme Ester Ewan Fabian Fatima Felix Fergus Fiammetta Fintan Fleur Florian Frida Gareth Garth Gertrude
Gideon Gilda Gráinne Greta Gudrun Gustav Gwen Hakan Halima Hamish Hana Harriet Hattie Hector Hedda Hélène Hester Hilde
Hollis Horace Ida Idris Ignatius Ilse Imogen Ines Ingmar Iris Isidro Ivo Jarek Jemima Joachim Jocelyn Jonas José
Josefa Juno Kaisa Karim Kasimir Keziah Kirsten Klara Kwame Lachlan Lars Leif Leopold Lettice Linus Lionel Lotte Luca
Lucía Lukas Łukasz Mabel Magnus Malachy Malin Marit Matilda Maud Mehmet Mercy Milan Minna Mirela Mordecai Morwenna
Nadia Naomi Nell Nils Noor Octavia Odette Olaf Ólafur Olive Orla Osbert Oskar Ottilie Padma Pascal Paz Perpetua Petra
Phineas Piotr Quentin Rafael Ramona Renata René Rhoda Rhys Rosalind Rufus Rupert Ruth Sabine Samir Šárka Saskia Selma
Seamus Sergei Sidonie Sigrid Silas Siobhán Solveig Søren Stellan Sunniva Sybil Tamsin Tariq Tekla Thaddeus Theodora
Tilda Tobias Torvald Tristan Ulrike Una Ursula Valdis Verity Vidar Viggo Vilma Wanda Wendel Wilfred Winifred Wolfgang
Xavier Yara Yusuf Yvette Zainab Zbigniew Zelda Zoë Zsófia""".split()

SURNAME_HEADS = """Ald Arn Bar Bel Bex Blen Bram Bran Cal Cath Col Cor Crow Dal Dev Drem Dun Elm Fal Fen Fos Gal Gar
Gil Glen Gor Hal Har Hes Hox Ing Jar Jes Kel Ker Kit Lam Lan Lind Lor Lus Mal Mar Mel Mor Nar Nor Ol Os Pad Pel Pen
Pol Quil Ran Rav Ros Rud Sal San Sel Shel Sten Tal Tam Thor Tor Tris Ul Val Var Ves Wal Wes Wil Win Yar Yel Zan
Zel""".split()
SURNAME_JOINTS = ["", "", "", "a", "e", "i", "o", "er", "en", "in", "ing", "el"]
SURNAME_TAILS = """beck bourne by combe cott croft dale den dine field ford gan gate grave ham holm hurst kin lan ley
lock low man mere mond more nard ner pole rick ridge row sby sen shaw ski son stad stone strom thwaite ton tov vale
vik ward well wick worth yard zano quist""".split()

# Letters that stand in for a plain one in about one surname of five: rare letters make rare, many-token names.
ACCENTS = {"a": "áàâãåäāăą", "e": "éèêëēęě", "i": "íìîïī", "o": "óòôõöøōő", "u": "úùûüūůű", "n": "ñńňņ", "c": "çćč",
           "s": "śšşș", "z": "źżž", "l": "łļ", "r": "řŕ", "d": "ďđð", "t": "ťţþ", "g": "ğģ", "y": "ýÿ"}

PLACE_TAILS = ["Quay", "Steps", "Wharf", "Lane", "Street", "Row", "Parade", "Terrace", "Hill", "Bridge", "Gate", "Yard",
               "Mews", "Slip", "Walk", "Green", "Causeway", "Arch", "Basin", "Court"]
TOWN_TAILS = ["haven", "mouth", "ness", "port", "sound", "wick", "fleet", "holme", "strand", "pool", "sands", "head",
              "wyke", "firth", "bay"]

CJK = "海東風山月雪花星島港光波松鶴龍虎雲雨春秋西北川石橋船竹梅金銀青白紅黒空夢心音道林森田村町京神清水火土木鳥魚米茶"
CYRILLIC = """Москва Волна Север Заря Берег Маяк Ветер Якорь Чайка Луна Остров Мечта Парус Звезда Дельфин Облако Туман
Рассвет Янтарь Пристань""".split()
ARABIC = "العربية البحر القمر النجمة الميناء الريح السفينة النورس الشمس المرجان اللؤلؤ الأمل".split()
GREEK = "Θάλασσα Άνεμος Φάρος Αυγή Κύμα Ελπίδα Νησί Γλάρος Σελήνη Άγκυρα".split()
HANGUL = "바다 바람 등대 별빛 새벽 파도 갈매기 달빛 소나무 무지개".split()
EMOJI = "🦊 🐙 🦀 🐟 ⚓ 🚢 🌊 🎻 🧀 🥐 🦉 🐝 🍋 🌧 🔔 🪁 🦭 🐌 🧭 🎺".split()

COLOURS = """amber ash black blue brass bronze cobalt copper coral cream crimson emerald grey indigo ivory jade khaki
lemon lilac maroon mauve ochre olive orange pewter pink plum purple russet rust saffron scarlet silver tan teal umber
violet white yellow""".split()
THINGS = """abacus accordion acorn almanac anchor anvil apron armchair atlas awning ball bandstand banjo barometer
barrel basket bell bench bicycle biscuit blanket bobbin boiler bonnet bookcase boot bottle bowl bracket bridge broom
brush bucket buoy button cabinet cactus candle canoe canvas cape carpet cart carton castle chain chalice chart
chess-set chimney chisel cider clarinet clock coat coffin coin compass cradle crane crate cupboard curtain cushion
dagger desk diary dinghy dolphin door drum easel egg engine envelope fan feather ferret fiddle flag flask flute fork
fountain gate gearbox girdle globe glove goat gong gramophone grate grindstone guitar hammer hammock hamper harp
harpoon hat hedge helmet hinge horn hourglass icon inkwell jacket jar jug kettle key kiln kite knapsack ladder lamp
lantern lathe lawn ledger lemon lens letter lever lifebelt lighter locket loom lute magnet mallet map mask mast
mattress medal melon microscope mirror mitten monocle moped mug muzzle napkin needle net nutmeg oar oboe opal orchard
organ oven padlock paddle painting pamphlet parasol parcel parrot pebble pen pendulum pennant periscope piano pigeon
pillow pipe pistol plank plough plum pocket portrait prism propeller pulley pump puppet quilt quiver raft rake ribbon
ring rocket rope rudder ruler saddle safe sail saucepan saw scarf sceptre screw sextant shawl shelf shovel sickle
signet sieve skull sledge slipper snuffbox sofa spade spanner spindle spoon spyglass stamp statue stove suitcase
sundial sword table tambourine tankard tapestry teapot telescope tent thimble tile toffee tractor tray trombone
trumpet trunk tuba turbine turnip typewriter umbrella urn valve vase viola violin wagon wallet walnut wardrobe
weathervane wheel whistle wig winch window wreath yoke zither""".split()
QUALITIES = """ancient awkward battered borrowed bright broken careful cheap cheerful clumsy cold costly crooked
curious damp dented dusty eager early empty faded famous fierce foreign forgotten fragile frozen gentle gilded greasy
half-built handsome heavy hollow honest humble idle immense iron jolly late lazy leaky little lonely loud lucky mended
modest muddy narrow noisy odd ornate painted pale patient plain polished proud quiet ragged rare restless rotten rough
rusty second-hand shallow shy silent slender sleepy slow solemn spare splendid spotless stolen stout stubborn sturdy
sunken tangled tarnished tidy timid tiny upright useless vast wandering weary wicked wooden wrinkled""".split()
TRADES = """accountant archivist baker beekeeper bell-ringer blacksmith boatbuilder bookbinder bookseller botanist
brewer bricklayer butcher cabinetmaker captain carpenter cartographer cellist chandler chemist clerk clockmaker
cobbler composer confectioner cook cooper coroner customs-officer dairyman dentist diver draughtsman dressmaker
electrician engineer engraver farrier ferryman fiddler fishmonger florist forester gardener geologist glazier
goldsmith grocer gunsmith harbour-pilot hatter historian horologist innkeeper ironmonger joiner judge ketch-owner
knife-grinder librarian lighthouse-keeper lighterman locksmith magistrate mapmaker mason mechanic meteorologist
midwife miller milliner musician netmaker notary nurse optician organist ornithologist painter perfumer pharmacist
photographer piano-tuner plasterer plumber poet porter postman potter printer puppeteer quarryman ranger ropemaker
saddler sailmaker schoolteacher sculptor seamstress shepherd signalman silversmith solicitor stevedore stonemason
surgeon surveyor tailor tanner taxidermist thatcher tinsmith toolmaker translator upholsterer verger vet watchmaker
weaver welder wheelwright""".split()
GOODS = """almonds anchovies apples barley beeswax brandy bricks butter cement cheese cherries chestnuts cider
cinnamon clams cloves coal cocoa cod coffee copper cork cotton crab currants eels feathers figs flax flour garlic
ginger glass grain granite hazelnuts herring hides honey hops ivory-nuts jute kelp lace lard lavender lead lemons
lentils linen lobster mackerel malt marble marmalade molasses mussels mustard nails nutmeg oats oil olives onions
oysters paper peat pepper pilchards plums porcelain potatoes prawns raisins rice rope rubber rum rye saffron salmon
salt sardines seed-potatoes shrimps silk slate soap spices sprats starch sugar tallow tar tea timber tin tobacco
treacle turpentine vanilla velvet vinegar walnuts wax wheat whelks wine wool yarn zinc""".split()
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]
MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
LENGTHS = ["metres", "feet", "fathoms", "yards", "inches", "cubits", "paces", "hands", "cable-lengths", "furlongs"]
AMOUNTS = ["tonnes", "litres", "kilograms", "gallons", "pints", "bushels", "ounces", "barrels", "crates", "sacks",
           "tubs", "cartloads"]


def plural(noun):
    """The plural of a word of `THINGS` or `TRADES`."""
    if noun in ("knife", "shelf", "loaf", "scarf"):
        return noun.rstrip("fe") + "ves"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeou":
        return noun[:-1] + "ies"
    return noun + "s"


class Facts:
    """The facts of one article. A slot with a number (`person2`) keeps its value for the whole article."""

    def __init__(self, stream):
        self.stream = stream
        self._kept = {}

    def value(self, slot):
        """The text for a slot of a template: `sum`, `person2`, `number 3 40`, …"""
        name, *arguments = slot.split()
        if name[-1].isdigit():
            if name not in self._kept:
                self._kept[name] = getattr(self, name.rstrip("0123456789"))()
            return self._kept[name]
        return getattr(self, name)(*arguments)

    # People

    def surname(self):
        draw = self.stream
        name = draw.pick(SURNAME_HEADS) + draw.pick(SURNAME_JOINTS) + draw.pick(SURNAME_TAILS)
        return self._accented(name) if draw.chance(22) else name

    def _accented(self, name):
        places = [i for i in range(1, len(name)) if name[i] in ACCENTS]
        if not places:
            return name
        place = self.stream.pick(places)
        return name[:place] + self.stream.pick(ACCENTS[name[place]]) + name[place + 1:]

    def person(self):
        draw = self.stream
        middle = draw.pick("ABCDEFGHJKLMNOPRSTVW") + ". " if draw.chance(12) else ""
        return f"{draw.pick(FIRST_NAMES)} {middle}{self.surname()}"

    def family(self):
        """The surname of `person1`, for a later mention."""
        return self.value("person1").split()[-1]

    def witness(self):
        """A second person: the full name at first, later the surname alone."""
        if "witness" in self._kept:
            return self._kept["witness"].split()[-1]
        self._kept["witness"] = self.person()
        return self._kept["witness"]

    def trade(self):
        return self.stream.pick(TRADES)

    def age(self):
        return str(self.stream.between(17, 98))

    # Places, ships, firms

    def place(self):
        return f"{self.surname()} {self.stream.pick(PLACE_TAILS)}"

    def address(self):
        return f"{self.stream.between(1, 289)} {self.place()}"

    def town(self):
        draw = self.stream
        return draw.pick(SURNAME_HEADS) + draw.pick(SURNAME_JOINTS) + draw.pick(TOWN_TAILS)

    def foreign(self):
        """A name in another script."""
        draw = self.stream
        kind = draw.below(10)
        if kind < 5:
            return draw.pick(CJK) + draw.pick(CJK)
        if kind < 7:
            return draw.pick(CYRILLIC)
        return draw.pick([ARABIC, GREEK, HANGUL][kind - 7])

    def ship(self):
        draw = self.stream
        kind = draw.below(10)
        if kind < 2:
            return f"{draw.pick(FIRST_NAMES)} {draw.pick(FIRST_NAMES)}"
        if kind < 4:
            return self.foreign()
        if kind < 7:
            return f"{self.quality().capitalize()} {self.thing().capitalize()}"
        return f"{draw.pick(COLOURS).capitalize()} {self.thing().capitalize()}"

    def inn(self):
        draw = self.stream
        if draw.chance(50):
            return f"{self.thing().capitalize()} and {self.thing().capitalize()}"
        return f"{draw.pick(COLOURS).capitalize()} {self.thing().capitalize()}"

    def firm(self):
        draw = self.stream
        tail = draw.pick(["& Sons", "& Daughters", "Brothers", "Shipping", "Cold Stores", "Ropeworks", "Foundry",
                          "Mills", "Brewery", "Instruments", "Trust", "Bakery", "Salvage", "Ferries", "Press", "Tannery"])
        return f"{self.surname()} {tail}"

    def club(self):
        draw = self.stream
        tail = draw.pick(["Rovers", "Wanderers", "Athletic", "Rowing Club", "Harriers", "Albion", "Mariners", "Swifts",
                          "Oarsmen", "Town", "United", "Lanterns", "Gulls", "Ropemen", "Foundrymen"])
        return f"{self.town()} {tail}"

    # Quantities

    def number(self, low, high):
        return f"{self.stream.between(int(low), int(high)):,}"

    def sum(self):
        draw = self.stream
        kind = draw.below(5)
        if kind == 0:
            return f"£{draw.between(1, 98)}.{draw.between(1, 9)} million"
        return f"£{draw.between(100, 10 ** (2 + kind)):,}"

    def price(self):
        return f"£{self.stream.between(1, 89)}.{self.stream.between(0, 99):02d}"

    def length(self):
        return self._measure(LENGTHS)

    def amount(self):
        return self._measure(AMOUNTS)

    def _measure(self, units):
        draw = self.stream
        value = f"{draw.between(2, 940)}" if draw.chance(60) else f"{draw.between(1, 49)}.{draw.between(1, 9)}"
        return f"{value} {draw.pick(units)}"

    def percent(self):
        return f"{self.stream.between(2, 97)} per cent"

    def score(self):
        return f"{self.stream.between(0, 47)}–{self.stream.between(0, 47)}"

    def hour(self):
        draw = self.stream
        return f"{draw.between(1, 12)}.{draw.between(0, 59):02d} {draw.pick(['a.m.', 'p.m.'])}"

    def code(self):
        draw = self.stream
        letters = "ABCDEFGHJKLMNPRSTVWXYZ"
        return f"{draw.pick(letters)}{draw.pick(letters)}-{draw.between(100, 9999)}"

    # Time

    def day(self):
        return self.stream.pick(WEEKDAYS)

    def date(self):
        month = self.stream.below(12)
        return f"{self.stream.between(1, MONTH_DAYS[month])} {MONTHS[month]}"

    def year(self):
        return str(self.stream.between(1703, 1998))

    # Words

    def thing(self):
        return self.stream.pick(THINGS)

    def things(self):
        return plural(self.thing())

    def trades(self):
        trade = self.trade()
        return trade[:-3] + "men" if trade.endswith("man") else plural(trade)

    def athing(self):
        return self._with_article(self.thing())

    def quality(self):
        return self.stream.pick(QUALITIES)

    def aquality(self):
        return self._with_article(self.quality())

    def atrade(self):
        return self._with_article(self.trade())

    @staticmethod
    def _with_article(word):
        vowel = word[0] in "aeiou" and word != "useless" or word in ("honest", "hourglass")
        return ("an " if vowel else "a ") + word

    def goods(self):
        return self.stream.pick(GOODS)

    def colour(self):
        return self.stream.pick(COLOURS)

    def emoji(self):
        return self.stream.pick(EMOJI)
