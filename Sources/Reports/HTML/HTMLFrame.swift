/// The frame of every HTML report: head, policy, style, navigation, script.
///
/// The page needs nothing but itself. Its policy forbids the browser to fetch, send or run anything apart from the style
/// sheet and the script that are in it, each allowed by its hash.
package struct HTMLFrame {
    /// A part of the page that the navigation leads to.
    package struct Section {
        /// A name that is unique on the page, in letters, digits and hyphens.
        let id: String
        /// Its heading, of the second level.
        let title: String
        let body: HTML

        package init(id: String, title: String, body: HTML) {
            self.id = id
            self.title = title
            self.body = body
        }
    }

    let title: String
    /// What stands before the sections, the heading of the first level among it.
    let lead: HTML
    let sections: [Section]
    /// Data for the page's script.
    var data: [HTML] = []
    /// What made the page.
    let footer: HTML

    package init(title: String, lead: HTML, sections: [Section], data: [HTML] = [], footer: HTML) {
        self.title = title
        self.lead = lead
        self.sections = sections
        self.data = data
        self.footer = footer
    }

    /// The whole document.
    package var text: String {
        HTML.document(.element(.html, [HTMLAttribute("lang", "en")], head, body))
    }

    private var head: HTML {
        let policy =
            "default-src 'none'; style-src \(OwnSource.reportStyle.policyHash); "
            + "script-src \(OwnSource.reportScript.policyHash); base-uri 'none'; form-action 'none'"
        return .element(
            .head, [], .element(.meta, [HTMLAttribute("charset", "utf-8")]),
            .element(
                .meta,
                [HTMLAttribute("http-equiv", "Content-Security-Policy"), HTMLAttribute("content", policy)]),
            .element(
                .meta,
                [HTMLAttribute("name", "viewport"), HTMLAttribute("content", "width=device-width, initial-scale=1")]),
            .element(.meta, [HTMLAttribute("name", "color-scheme"), HTMLAttribute("content", "light dark")]),
            .element(.meta, [HTMLAttribute("name", "referrer"), HTMLAttribute("content", "no-referrer")]),
            .element(.title, [], HTML(title)), .own(.reportStyle))
    }

    private var body: HTML {
        .element(
            .body, [],
            .element(.a, [.class("skip"), HTMLAttribute("href", "#main")], "Skip to the report"),
            .element(
                .nav, [HTMLAttribute("aria-label", "Contents")],
                .element(
                    .ul, [],
                    sections.map { section in
                        .element(
                            .li, [],
                            .element(.a, [HTMLAttribute("href", "#\(section.id)")], HTML(section.title)))
                    })),
            .element(
                .main, [.id("main"), HTMLAttribute("tabindex", "-1")],
                [lead]
                    + sections.map { section in
                        .element(
                            .section, [HTMLAttribute("aria-labelledby", section.id)],
                            .element(.h2, [.id(section.id)], HTML(section.title)), section.body)
                    }),
            .element(.footer, [], footer), .joined(data), .own(.reportScript))
    }
}
