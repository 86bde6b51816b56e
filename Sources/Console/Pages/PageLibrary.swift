internal import HTTPTypes
internal import Mustache

/// The templates, parsed once.
struct PageLibrary: Sendable {
    static let house = PageLibrary(PageTemplate.all)

    private let library: MustacheLibrary
    /// Templates that could not be parsed. They are the program's own, so there are none; a test says so.
    let broken: [String]

    init(_ templates: [PageTemplate]) {
        // Each template names the escaping that it is rendered with, for the library would use its own.
        MustacheContentTypes.register(PageEscaping(), named: "PAGE")
        var library = MustacheLibrary()
        var broken: [String] = []
        for template in templates {
            do {
                try library.register("{{% CONTENT_TYPE: PAGE}}\n" + template.text, named: template.name)
            } catch {
                broken.append(template.name)
            }
        }
        self.library = library
        self.broken = broken
    }

    func render(_ template: PageTemplate, _ view: PageView) throws -> String {
        guard let html = library.render(view, withTemplate: template.name) else {
            throw Problem(.internalServerError, "internal server error")
        }
        return html
    }
}
