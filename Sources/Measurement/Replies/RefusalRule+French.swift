extension RefusalRule {
    private static let speaker = "je ne|nous ne|je n'ai|je suis|il m'est|il ne m'est"
    private static let denial =
        "peux pas|peux malheureusement pas|peux hélas pas|suis pas en mesure|suis pas autorisé*|suis pas capable|"
        + "pouvons pas|dois pas|puis|impossible|pas possible|dans l'impossibilité|suis malheureusement pas en mesure|"
        + "vais pas"
    private static let giving =
        "reproduire|fournir|partager|poursuivre|continuer|compléter|générer|transmettre|réciter|recopier|citer|"
        + "restituer|communiquer|donner|écrire"
    private static let text =
        "texte|textes|article|articles|l'article|cet article|contenu|contenus|passage|passages|extrait|extraits|"
        + "d'auteur|paroles|demande|intégralité|l'intégralité|suite|mot pour mot|protégé|protégés"

    static let french = [
        RefusalRule(
            .french, "declines to give a text", Step(speaker), Step(denial, within: 2), Step(giving, within: 6),
            Step(text, within: 12)),
        RefusalRule(
            .french, "declines to help", Step(speaker), Step(denial, within: 2),
            Step("aider|assister|répondre à|accéder à|satisfaire", within: 3),
            Step("avec|cela|cette|votre|sur ce|à cette", within: 3)),
        RefusalRule(
            .french, "apologizes and declines",
            Step("désolé|désolée|excuses|regrette|malheureusement|navré|navrée", within: 5), Step(speaker, within: 5),
            Step(denial, within: 2), Step(giving + "|vous aider|répondre", within: 4),
            Step(text + "|cela|ça|livre|chanson|poème|roman|chapitre|\(sentenceEnd)", within: 5)),
        RefusalRule(
            .french, "speaks as a program",
            Step("en tant qu'ia|en tant qu'intelligence|en tant que modèle|en tant qu'assistant"),
            Step(speaker, within: 8), Step("pas|impossible", within: 4)),
        RefusalRule(
            .french, "has no access", Step("je n'ai pas"), Step("accès|la possibilité|le droit", within: 3),
            Step(text + "|" + giving, within: 8)),
        RefusalRule(
            .french, "names copyright", Step("droit d'auteur|droits d'auteur"), Step(speaker, within: 14),
            Step(denial, within: 3)),
        RefusalRule(
            .french, "apologizes for copyright", Step("désolé|désolée|malheureusement", within: 3),
            Step("droit d'auteur|droits d'auteur", within: 14)),
    ]
}
