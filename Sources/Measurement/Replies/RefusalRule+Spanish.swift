extension RefusalRule {
    private static let denial =
        "no puedo|no podemos|no podré|no me es posible|no estoy en condiciones|no tengo permitido|no soy capaz|"
        + "no me está permitido|no estoy autorizad*|no debo|no voy a"
    private static let giving =
        "reproducir*|proporcionar*|compartir*|continuar*|completar*|facilitar*|generar*|recitar*|transcribir*|"
        + "ofrecer*|copiar*|citar*|seguir con|dar*|escribir*"
    private static let text =
        "texto|textos|artículo|artículos|contenido|contenidos|pasaje|pasajes|fragmento|fragmentos|autor|letra|"
        + "solicitud|petición|íntegro|palabra por palabra|textualmente|literal|literalmente|continuación"

    static let spanish = [
        RefusalRule(
            .spanish, "declines to give a text", Step(denial), Step(giving, within: 4), Step(text, within: 12)),
        RefusalRule(
            .spanish, "declines to help", Step(denial), Step("ayudar*|asistir*|cumplir|atender|responder", within: 3),
            Step(
                "con eso|con esto|con esa|con esta|con tu|con su|en eso|en esto|a esa|a esta|esa solicitud|"
                    + "esta solicitud|tu solicitud|su solicitud|a eso",
                within: 3)),
        RefusalRule(
            .spanish, "apologizes and declines",
            Step("siento|lamento|disculpa|disculpe|disculpas|lamentablemente|desafortunadamente", within: 4),
            Step(denial, within: 8), Step(giving + "|ayudar*|hacer eso|hacerlo|cumplir", within: 4),
            Step(text + "|eso|esto|ello|libro|canción|poema|novela|capítulo|\(sentenceEnd)", within: 5)),
        RefusalRule(
            .spanish, "speaks as a program",
            Step(
                "como ia|como una ia|como modelo de lenguaje|como un modelo de lenguaje|"
                    + "como inteligencia artificial|como asistente"
            ),
            Step("no puedo|no tengo|no me es|no soy", within: 8)),
        RefusalRule(
            .spanish, "has no access", Step("no tengo"), Step("acceso|la capacidad|permiso", within: 3),
            Step(text + "|" + giving, within: 8)),
        RefusalRule(
            .spanish, "names copyright", Step("derechos de autor|derecho de autor"), Step(denial, within: 14)),
        RefusalRule(
            .spanish, "apologizes for copyright", Step("siento|lamento|lamentablemente|desafortunadamente", within: 3),
            Step("derechos de autor|derecho de autor", within: 14)),
    ]
}
