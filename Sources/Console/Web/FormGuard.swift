internal import AccessModel
internal import HTTPTypes
internal import Hummingbird

/// Takes a change only from the console's own pages, or from a program with a bearer token (cross-site request forgery).
///
/// A browser says where a request comes from (`Origin`, Fetch Metadata); on top of that the form carries a token that only
/// a page of this session knows.
struct FormGuard {
    let people: PeoplePorts

    static let header = HTTPField.Name("X-Countersign-Form-Token")

    /// Throws 401 or 403. `token` is the form's `form_token`; nil where the header may have it.
    func check(_ request: Request, _ context: ConsoleContext, token: String?) throws {
        guard !context.isBearer else { return }
        let person = try context.requirePerson()
        try checkSite(request)
        let given = token ?? FormGuard.header.flatMap { request.headers[$0] } ?? ""
        guard FormGuard.isSame(given, person.formToken) else {
            throw Problem(.forbidden, "the form is of another session: load the page again")
        }
    }

    /// What a browser says of where a form comes from. Throws 403.
    func checkSite(_ request: Request) throws {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }), site != "same-origin" {
            throw Problem(.forbidden, "this came from another site")
        }
        if let origin = request.headers[.origin], origin != people.url {
            throw Problem(.forbidden, "this came from another site, or not from \(people.url ?? "this console")")
        }
    }

    /// In a time that does not tell how much of it is right.
    static func isSame(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count, !right.isEmpty else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
