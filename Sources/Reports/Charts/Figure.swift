/// A drawing with its name, what it shows in words, and its numbers as a table.
///
/// The drawing is one image to a screen reader; whoever does not see it reads the description and the table.
package struct Figure {
    /// A name that is unique on the page, in letters, digits and hyphens.
    let id: String
    /// What is drawn.
    let title: String
    /// What can be seen, in words.
    let description: String
    /// Width and height in units of the drawing.
    let size: (width: Double, height: Double)
    /// The drawing.
    let drawing: HTML
    /// The numbers of the drawing.
    let table: PageTable

    package init(
        id: String, title: String, description: String, size: (width: Double, height: Double), drawing: HTML,
        table: PageTable
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.size = size
        self.drawing = drawing
        self.table = table
    }

    /// The figure as HTML.
    package var html: HTML {
        let (title, description) = (title.trimmed, description.trimmed)
        let box = "0 0 \(ReportNumber.coordinate(size.width)) \(ReportNumber.coordinate(size.height))"
        return .element(
            .figure, [.id(id)],
            .element(.figcaption, [], .element(.strong, [], HTML(title)), " \(description)"),
            .element(
                .svg,
                [
                    HTMLAttribute("viewBox", box), HTMLAttribute("role", "img"),
                    HTMLAttribute("aria-labelledby", "\(id)-title \(id)-desc"),
                    HTMLAttribute("preserveAspectRatio", "xMidYMid meet"),
                ],
                .element(.title, [.id("\(id)-title")], HTML(title)),
                .element(.desc, [.id("\(id)-desc")], HTML(description)), drawing),
            .element(
                .details, [],
                .element(.summary, [], "The numbers of this figure"), table.html(caption: HTML(title))))
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
