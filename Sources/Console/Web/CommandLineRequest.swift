internal import Hummingbird

/// What a program on a person's machine asks of their browser: a code for its challenge, sent to a port of that machine.
struct CommandLineRequest: Hashable {
    let port: Int
    /// RFC 7636 section 4.2.
    let challenge: String
    /// Given back as it came, so that the program knows its own request.
    let state: String

    /// Throws 400. `value` gives a parameter, or a field of a form.
    init(_ value: (String) -> String?) throws {
        guard let port = value("port").flatMap({ Int($0) }), (1_024...65_535).contains(port),
            let challenge = value("challenge"), challenge.utf8.count == 43,
            let state = value("state"), (22...128).contains(state.utf8.count),
            (challenge + state).utf8.allSatisfy(CommandLineRequest.isBase64URL)
        else { throw Problem(.badRequest, "this is no request of a command line: run `countersign login`") }
        self.port = port
        self.challenge = challenge
        self.state = state
    }

    /// Its parameters; none of them needs an escape.
    var query: String { "port=\(port)&challenge=\(challenge)&state=\(state)" }

    /// The same page after a login, as the value of `return_to`.
    var returnTo: String {
        "/login/cli%3Fport%3D\(port)%26challenge%3D\(challenge)%26state%3D\(state)"
    }

    /// Where the program listens: this machine alone, by address and not by a name that others could answer for (RFC 8252
    /// sections 7.3 and 8.3).
    var site: String { "http://127.0.0.1:\(port)" }

    /// Forty bits of the challenge, which the terminal shows as well: `K3F9-ZX21`.
    var shownCode: String {
        let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let letters = challenge.utf8.prefix(8).map { symbols[Int(CommandLineRequest.sextet($0)) & 31] }
        return String(letters.prefix(4)) + "-" + String(letters.dropFirst(4))
    }

    private static func isBase64URL(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x2D, 0x5F: true
        default: false
        }
    }

    /// RFC 4648 section 5.
    private static func sextet(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case 0x2D: 62
        default: 63
        }
    }
}
