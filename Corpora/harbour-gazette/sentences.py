"""The sentence templates of The Harbour Gazette, by section.

`[a|b]` draws one alternative, `{slot}` draws a fact (`facts.py`), and a slot with a number (`{person1}`) stays the
same through the article. The first sentence of an article comes from its section's openings.
"""

OPENINGS = {
    "harbour": [
        "The {thing} carrier {ship1} [ran aground|lost an anchor|broke her tow] off {place1} at {hour} on {day}, [spilling|losing] {amount} of {goods} and {number 3 900} [crates|sacks|barrels] of {goods}.",
        "[Harbour master|Pilot|Dock foreman] {person1} [closed|reopened] {place1} [on {day}|at {hour}] after {athing} was [found|seen] [under|beside|on top of] the {quality} {thing} of the {ship1}.",
        "{number 2 60} [sailors|passengers|stowaways] from the {ship1} came ashore at {place1} on {date}, [carrying|bringing] {number 2 80} {quality} {things} and a [cargo|sample] of {goods}.",
        "A [freighter|barge|ketch|tug] named {foreign1}, {length} long and bound for {town}, [tied up|moored|was detained] at {place1} with {amount} of {goods} [aboard|in her hold].",
    ],
    "courts": [
        "{person1}, {age}, {atrade} of {address}, was [fined|ordered to pay] {sum} on {day} for [stealing|hiding|selling] {aquality} {thing} [kept by|belonging to] {firm}.",
        "[Magistrates|Judges|A jury] at {town} [acquitted|convicted] {person1}, {atrade} aged {age}, of [smuggling|forging|losing] {number 3 700} {things} and {amount} of {goods}.",
        "The [case|quarrel|dispute] between {person1} and {firm} over {aquality} {thing} ended on {date} with [a payment|costs] of {sum}.",
        "{person1} told the court at {place1} that the {quality} {thing}, [exhibit|item] {code}, had been [a gift|found|bought] in {town} in {year}.",
    ],
    "council": [
        "Councillors voted {score} on {day} to [spend {sum} on|borrow {sum} for|insure for {sum}] {aquality} {thing} for {place1}.",
        "[Alderman|Councillor|Town clerk] {person1} [resigned|spoke for {number 2 9} hours|walked out] on {date} over the [price|colour|smell] of the {thing} at {place1}.",
        "The [bridge|lamp|drains|parks] committee [refused|accepted] {sum} from {firm} for the {quality} {thing} [near|behind|beneath] {place1}.",
        "A plan to move the {thing} from {place1} to {address} will cost {sum}, [says|writes] {trade} {person1}.",
    ],
    "sport": [
        "{club} beat {club} {score} at {place1} on {day}, with {number 2 40} points from {person1}, {age}.",
        "{person1}, {atrade} from {town}, [won|lost] the {quality} {thing} [race|cup|trophy] on {date} in {number 2 59} minutes {number 1 59}.{number 0 9} seconds.",
        "{club} [paid|were offered] {sum} for [goalkeeper|stroke oar|bowler|sprinter] {person1}, {age}, formerly of {club}.",
    ],
    "letters": [
        "Sir, I [must protest|write|was astonished to read] about the {quality} {thing} at {place1}, which on {day} [cost|frightened|struck] my [aunt|uncle|lodger|neighbour], {person1}, {age}.",
        "Sir, your report of {date} on the price of {goods} [omits|forgets] the {number 3 900} {things} that {firm} [keeps|hides] at {address}.",
        "Sir, in {year} one could buy {amount} of {goods} and {aquality} {thing} at {place1} for {sum}.",
    ],
    "weather": [
        "{length} of rain fell at {place1} [before|after] {hour} on {day}, [sweeping|carrying] {aquality} {thing} into the yard of {firm}.",
        "Lightning struck the {colour} {thing} on the roof of {address} at {hour} on {date} [and|but] [woke|missed|singed] {person1}, {atrade}.",
        "A wind of {number 30 118} knots [took|tore|lifted] the {thing} off {place1} on {day} and [dropped|left] it in {town}, {length} away.",
    ],
    "market": [
        "[Traders|Buyers|Brokers] at {place1} paid {sum} a tonne for {goods} on {day}, [up|down] {percent}, while {goods} [rose|fell] to {sum}.",
        "{firm} sold {number 3 900} {things} and {amount} of {goods} to {firm} for {sum} on {date}.",
        "Shares in {firm} [closed|opened] at {number 3 980} pence on {day} after {person1}, {age}, [sold|left|inherited] {percent} of the company.",
    ],
    "arts": [
        "{person1}, {age}, will [sing|dance|read|play the {thing}] at {place1} on {date} [beside|with|before] {aquality} {thing}.",
        "The novel “{foreign1}”, by {person1}, [concerns|begins with|is about] {atrade} who [inherits|swallows|loses] {aquality} {colour} {thing} in {town}.",
        "A [painting|statue|drawing] of {aquality} {thing}, [dated|signed in] {year} and {length} high, fetched {sum} at {place1} on {day}.",
    ],
    "lives": [
        "{person1}, the {trade} who [built|invented|lost] the {quality} {thing} of {town}, has died at {place1}, aged {age}.",
        "Born at {address} in {year}, {person1} [sold|collected|mended] {things}, [married|outlived|fought] {atrade}, and left {sum} to {firm}.",
        "The late {person1}, {atrade} of {town}, owned {number 2 900} {things} and {aquality} {colour} {thing} [from|made by] {firm}.",
    ],
    "science": [
        "{trade} {person1} [measured|weighed|dissected] {aquality} {thing} at {place1} and [found|recorded] {amount} of {goods} inside.",
        "A [comet|seal|moth|fossil] named {foreign1} was [seen|found|photographed] over {town} at {hour} on {date} by {person1}, {age}.",
        "The tide gauge at {place1}, {aquality} {thing} from {year}, [showed|read] {length} at {hour} on {day}, [the most|the least] since {year}.",
    ],
    "notices": [
        "[Lost|Found|For sale], near {place1}: {aquality} {colour} {thing}, [marked|numbered] {code}; [apply to|ask for] {person1}, {address}.",
        "[Wanted at once|Wanted]: {atrade} with {aquality} {thing}; wages {price} and {amount} of {goods}, [write to|see] {person1} at {firm}, box {code}.",
        "The {inn1}, {address}, [will close|reopens] on {date}; {number 2 300} {things} and {aquality} {thing} go [to auction|for {sum}].",
    ],
}

MIDDLES = [
    "[Witness|Neighbour|Bystander] {witness}, {atrade}, [counted|saw|heard] {number 2 99} {quality} {things} [near|behind|on] {place2}.",
    "“I [would give|lost|was promised] {number 2 990} {things} for {aquality} {thing},” [said|added|shouted] {witness}, {age}.",
    "“[Nobody|My mother|The bishop|Every child] in {town} [wants|trusts|remembers] {aquality} {thing},” said {trade} {witness}.",
    "“It’s [worse|better|louder] than {year}, when the {thing} [fell on|ate|sank] the {trade},” {family} [said|recalled].",
    "“[We’ve|They’ve|I’ve] kept {goods} in the {thing} since {year}, and it’s [never|always] {quality},” said {witness}.",
    "{family} [left|arrived] by the {hour} [ferry|tram|train] to {town} with {aquality} {thing} and {sum}.",
    "The {thing}, {length} [wide|tall|long|deep], [came from|was made in|belongs to] {town} and is [insured for|valued at] {sum}.",
    "[Repairs|Damages|Fees] [came to|will cost] {sum}, of which {firm} [owes|pays] {percent}.",
    "A second {thing}, {quality} and {colour}, [is missing|was kept] at {address}.",
    "The [diver|cook|mate] {witness}, a guest from {foreign2}, [brought|ordered] {amount} of {goods} and {aquality} {thing}.",
    "[A plate|A label|Paint] on its side reads {foreign2}, with the number {code} and the year {year}.",
    "Police [sergeant|constable|inspector] {witness} took away {number 2 77} {things}, {amount} of {goods} and {aquality} {colour} {thing}.",
    "The [vicar|headmistress|mayor] of {town}, {witness}, [offered|promised] {sum} and {aquality} {thing}.",
    "It had [crossed|left] {town} on {date} with {number 3 700} {things}, [bound for|sent by] {firm}.",
    "[Two|Three|Four|Five|Six|Seven] {trades} from {firm} [worked|searched|argued] until {hour} with {aquality} {thing}.",
    "[Last|The] {day} at {hour}, {witness} [opened|sold|painted] the {thing} in front of {number 5 990} people.",
    "The mayor’s [message|reply] was {emoji} and “{town}, {hour}, bring {goods}”.",
    "{club} [lent|returned] {number 2 60} {things}; {club} sent {amount} of {goods}.",
    "[Its owner|The winner|The buyer], {witness} of {address}, [kept|wanted] only the {quality} {thing}.",
    "[Tickets|Entries|Copies] cost {price} at the {inn2} and {price} at {place2}.",
    "The {thing} was {colour}, the {thing} {colour}, and the {thing} [smelled|tasted] of {goods}.",
    "{percent} of {town} [agreed|objected], [according to|said] {trade} {witness}, reference {code}.",
    "In {year} the same {thing} [sank|cured|bankrupted] {witness}, then {age}.",
    "{witness}, who keeps {number 3 80} {things} at {address}, [blames|thanks|suspects] {firm}.",
    "[Rewards|Debts|Wages] of {price} [went to|are due to] {person}, {person} and {person}.",
    "The [band|choir] played “{quality} {things}, {quality} {things}” [until|at] {hour}.",
    "{emoji} The {ship2} [brings|fetches] {amount} of {goods} from {town} on {date}.",
    "{person}, {age}, [came first|came second] with {aquality} {thing}; {person}, {age}, [broke|forgot] hers.",
    "[Questions|Claims] go to {firm}, {address}, before {date}.",
    "The {colour} {thing} [went to|stays with] {person}, the {thing} to {person}.",
    "[Inside|Under it] were {number 2 500} {things}, a letter to {witness} and {sum} in [coins|notes|stamps].",
]
