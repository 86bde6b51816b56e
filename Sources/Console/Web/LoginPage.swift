internal import AccessModel
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// A page of the login: a title, what is asked, and a form.
struct LoginPage {
    var title: String
    /// HTML.
    var body: String

    static func commandLine(_ asked: CommandLineRequest, _ person: SignedInPerson) -> LoginPage {
        LoginPage(
            title: "Log in a command line",
            body: """
                <p>A program on this computer asks to act in this console as <strong>\(escaped(person.name))</strong>
                (\(escaped(person.id))). It listens on port \(asked.port).</p>
                <p>Go on only if you started <code>countersign login</code> just now, and your terminal shows this code:</p>
                <p><strong class="code">\(asked.shownCode)</strong></p>
                <form method="post" action="/login/cli">
                <input type="hidden" name="port" value="\(asked.port)">
                <input type="hidden" name="challenge" value="\(asked.challenge)">
                <input type="hidden" name="state" value="\(asked.state)">
                <input type="hidden" name="form_token" value="\(escaped(person.formToken))">
                <button name="answer" value="yes">Yes, log it in</button>
                <button name="answer" value="no">No</button>
                </form>
                """
        )
    }

    static func link(_ key: String) -> LoginPage {
        LoginPage(
            title: "Log in as the local operator",
            body: """
                <p>This link was made on the gateway's own machine. It logs you in as the local operator, who sees
                everything, ends sessions, and answers approvals where a grant names <code>local</code>. It serves once.</p>
                <form method="post" action="/login/link">
                <input type="hidden" name="key" value="\(key)">
                <button>Log in</button>
                </form>
                """
        )
    }

    func response(forms: String = "'self'") -> Response {
        let html = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(LoginPage.escaped(title)) · Countersign</title></head>
            <body><main><h1>\(LoginPage.escaped(title))</h1>
            \(body)
            </main></body>
            </html>

            """
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .contentSecurityPolicy: SecurityHeaders<ConsoleContext>.policy(forms: forms),
            ],
            body: .init(byteBuffer: ByteBuffer(string: html))
        )
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
