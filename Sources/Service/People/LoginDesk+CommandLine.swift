internal import AccessModel
internal import Synchronization

/// Logins of command lines (RFC 8252): a person who is in hands a code to a program on their machine, and the program
/// exchanges it for a session of its own.
extension LoginDesk {
    package static let codeLifetime = Duration.seconds(60)
    package static let codeLimit = 1_000

    /// Gives a code that serves once, within a minute, to whoever has the verifier of `challenge`. The person must have
    /// proved lately who they are: an older session would live on in its child.
    package func handOver(session secret: String, to challenge: CodeChallenge) throws(LoginRefusal) -> String {
        guard let person = person(session: secret) else { throw .unknownCode }
        guard person.isFresh else { throw .notFresh }
        let code = Secrets.text(ports.random(32))
        let (now, origin) = (ports.now(), Secrets.digest(secret))
        let isKept = state.withLock { state in
            guard let session = state.sessions[origin] else { return false }
            if state.codes.count >= LoginDesk.codeLimit {
                state.codes = state.codes.filter { LoginDesk.isOpen($0.value, at: now) }
            }
            guard state.codes.count < LoginDesk.codeLimit else { return false }
            state.codes[Secrets.digest(code)] = HandOver(
                origin: origin,
                session: session,
                challenge: challenge,
                made: now
            )
            return true
        }
        guard isKept else { throw .tooMany }
        return code
    }

    /// Exchanges a code for a session. A code that was shown is spent, whoever showed it.
    package func redeem(code: String, verifier: String) throws(LoginRefusal) -> CommandLineSession {
        let now = ports.now()
        let found: HandOver? = state.withLock { state in
            guard let code = state.codes.removeValue(forKey: Secrets.digest(code)) else { return nil }
            // Who has logged out meanwhile meant that for this, too.
            return LoginDesk.isOpen(code, at: now) && state.sessions[code.origin] != nil ? code : nil
        }
        guard let found else { throw .unknownCode }
        let person = found.session.person
        let isLocal = found.session.isLocal
        guard found.challenge.isAnswered(by: verifier) else {
            record(
                .personRefused,
                person: person,
                isLocal: isLocal,
                reason: "a command line's code was shown without its verifier",
                channel: LoginDesk.commandLine
            )
            throw .unknownCode
        }
        guard let profile = profile(of: found.session) else { throw .notAPerson }
        guard record(.personSignedIn, person: person, isLocal: isLocal, channel: LoginDesk.commandLine) else {
            throw .notRecorded
        }
        let token = try open(renewed(found.session, channel: LoginDesk.commandLine), replacing: nil)
        return CommandLineSession(
            token: token,
            person: person,
            name: profile.name,
            expires: now.advanced(by: settings.lifetime)
        )
    }

    static let commandLine = "cli"

    private static func isOpen(_ code: HandOver, at now: Timestamp) -> Bool {
        now < code.made.advanced(by: codeLifetime)
    }

    /// The same person, who proved who they are at the same time, in a session that begins now.
    private func renewed(_ session: PersonSession, channel: String) -> PersonSession {
        var session = session
        session.began = ports.now()
        session.lastSeen = session.began
        session.formToken = Secrets.text(ports.random(32))
        session.channel = channel
        return session
    }
}
