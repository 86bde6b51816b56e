/// The conversation with a client up to the moment that its token is known: encryption requests, the startup message,
/// the password.
///
/// Each encryption request may come once, and nothing may follow it in clear before it is answered: bytes that were
/// sent along with it would be read as if TLS had protected them (CVE-2021-23214).
package struct ClientStartupMachine: Sendable {
    package enum Action: Hashable, Sendable {
        /// Answer `S` and start TLS.
        case acceptTLS
        /// Answer `N` and wait for the next packet.
        case declineEncryption
        /// The first bytes were a TLS ClientHello: start TLS with them.
        case startDirectTLS
        case forwardCancel(process: UInt32, secret: [UInt8])
        /// Send NegotiateProtocolVersion where the request asks for more than is spoken, then ask for the password.
        case askPassword(StartupRequest)
        case authenticate
        /// Send a FATAL error and close.
        case refuse(ErrorFields)
        /// Close without a word: the peer does not speak the protocol, or mixed clear text with TLS.
        case drop
        case wait
    }

    private enum State {
        case awaitingPacket
        case awaitingTLS(direct: Bool)
        case awaitingPassword
        case finished
    }

    private var state = State.awaitingPacket
    private var askedTLS = false
    private var askedGSS = false
    private var isEncrypted = false
    /// Whether the listener has a certificate. Then a session in clear is refused: the password is a token.
    private let offersTLS: Bool

    package init(offersTLS: Bool) {
        self.offersTLS = offersTLS
    }

    package var isAwaitingPassword: Bool {
        if case .awaitingPassword = state { true } else { false }
    }

    /// The first byte of a connection, before a packet is whole: 0x16 opens a TLS record, and no packet under
    /// 10,000 bytes begins with it.
    package mutating func firstByteReceived(_ byte: UInt8) -> Action {
        guard byte == 0x16, case .awaitingPacket = state, !askedTLS, !askedGSS, !isEncrypted else { return .wait }
        guard offersTLS else { return finish(.drop) }
        state = .awaitingTLS(direct: true)
        return .startDirectTLS
    }

    /// TLS is up; `alpn` is the protocol that both agreed on, if any.
    package mutating func tlsEstablished(alpn: String?) -> Action {
        guard case .awaitingTLS(let direct) = state else { return finish(.drop) }
        // With direct TLS the name of the protocol is what tells another protocol's bytes from ours (ALPACA).
        guard alpn == "postgresql" || (alpn == nil && !direct) else { return finish(.drop) }
        isEncrypted = true
        state = .awaitingPacket
        return .wait
    }

    package mutating func packetReceived(_ packet: StartupPacket, trailing: Int) -> Action {
        guard case .awaitingPacket = state else { return finish(.drop) }
        switch packet {
        case .sslRequest: return sslRequested(trailing: trailing)
        case .gssEncryptionRequest:
            guard !askedGSS, !isEncrypted, trailing == 0 else { return finish(.drop) }
            askedGSS = true
            return .declineEncryption
        case .cancelRequest(let process, let secret):
            return finish(.forwardCancel(process: process, secret: secret))
        case .startup(let version, let parameters):
            return started(version: version, parameters: parameters)
        }
    }

    private mutating func sslRequested(trailing: Int) -> Action {
        guard !askedTLS, !isEncrypted, trailing == 0 else { return finish(.drop) }
        askedTLS = true
        guard offersTLS else { return .declineEncryption }
        state = .awaitingTLS(direct: false)
        return .acceptTLS
    }

    private mutating func started(version: ProtocolVersion, parameters: [StartupParameter]) -> Action {
        guard isEncrypted || !offersTLS else {
            return refuse("28000", "this listener takes connections with TLS only", hint: "Use sslmode=verify-full.")
        }
        do {
            let request = try StartupRequest(version: version, parameters: parameters)
            state = .awaitingPassword
            return .askPassword(request)
        } catch {
            return refuse(error.sqlState, error.message, hint: nil)
        }
    }

    package mutating func passwordReceived() -> Action {
        guard case .awaitingPassword = state else { return finish(.drop) }
        return finish(.authenticate)
    }

    /// Bytes that no rule allows.
    package mutating func malformedReceived(_ error: FrameError) -> Action {
        guard case .awaitingPassword = state else {
            // A version that is not 3 gets an answer, as the server gives one; garbage does not.
            if error.code == .unknownType, case .awaitingPacket = state {
                let version = ProtocolVersion(code: error.declared)
                return refuse(
                    "0A000",
                    "unsupported frontend protocol \(version.major).\(version.minor): this gateway speaks 3.0 and 3.2",
                    hint: nil
                )
            }
            return finish(.drop)
        }
        return refuse("08P01", error.description, hint: nil)
    }

    private mutating func refuse(_ sqlState: String, _ message: String, hint: String?) -> Action {
        finish(
            .refuse(
                ErrorFields(severity: "FATAL", sqlState: sqlState, message: "countersign: \(message)", hint: hint)
            )
        )
    }

    private mutating func finish(_ action: Action) -> Action {
        state = .finished
        return action
    }
}
