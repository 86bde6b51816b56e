package import AccessModel
internal import Synchronization

/// Logs people in and knows their sessions. Sessions are in memory alone: a gateway that starts again asks for a login.
package final class LoginDesk: Sendable {
    /// A browser is sent to `url`, and keeps `browser` as a cookie until it comes back.
    package struct Beginning: Hashable, Sendable {
        package var url: String
        package var browser: String
    }

    /// Somebody is in: `session` is the secret of their session.
    package struct Ending: Hashable, Sendable {
        package var session: String
        package var returnTo: String
    }

    package static let attemptLimit = 10_000
    package static let sessionLimit = 10_000
    package static let attemptLifetime = Duration.seconds(600)

    let settings: LoginSettings
    let ports: LoginPorts
    let state = Mutex(LoginState())

    package init(settings: LoginSettings, ports: LoginPorts) {
        self.settings = settings
        self.ports = ports
    }

    // MARK: Logging in

    /// Begins a login. `session` is the secret of one that proves itself anew: the provider is told to ask again.
    package func begin(returnTo: ReturnPath, renewing session: String?) async throws(LoginRefusal) -> Beginning {
        guard settings.hasProvider else { throw .noProvider }
        let endpoint: String
        do {
            endpoint = try await ports.authorizationEndpoint()
        } catch {
            throw .providerFailed
        }
        let names = (0..<4).map { _ in Secrets.text(ports.random(32)) }
        let (attempt, browser, nonce, verifier) = (names[0], names[1], names[2], names[3])
        let now = ports.now()
        state.withLock { state in
            if state.attempts.count >= LoginDesk.attemptLimit { LoginDesk.makeRoom(in: &state.attempts) }
            state.attempts[attempt] = LoginAttempt(
                browser: Secrets.digest(browser),
                nonce: nonce,
                verifier: verifier,
                returnTo: returnTo.text,
                began: now,
                renews: session.map(Secrets.digest)
            )
        }
        let request = AuthorizationRequest(
            endpoint: endpoint,
            client: settings.client,
            redirectURI: settings.redirectURI,
            scopes: settings.scopes,
            state: attempt,
            nonce: nonce,
            challenge: Secrets.digest(verifier),
            freshness: session == nil ? nil : settings.freshness
        )
        return Beginning(url: request.url, browser: browser)
    }

    /// Anybody may begin a login, so whoever begins many takes the place of those that were begun first, and locks nobody out
    /// for long.
    private static func makeRoom(in attempts: inout [String: LoginAttempt]) {
        let oldest = attempts.map { ($0.key, $0.value.began) }.sorted { $0.1 < $1.1 }
        for (name, _) in oldest.prefix(attemptLimit / 4) { attempts[name] = nil }
    }

    /// The browser came back with the provider's answer.
    package func finish(
        state name: String,
        code: String?,
        error: String?,
        browser: String?,
        channel: String = "console"
    ) async throws(LoginRefusal) -> Ending {
        let attempt = try take(name, browser)
        do throws(LoginRefusal) {
            if let error { throw .refusedByProvider(LoginDesk.plain(error)) }
            guard let code, !code.isEmpty else { throw .unknownAttempt }
            return try await signIn(attempt, code: code, channel: channel)
        } catch {
            record(.personRefused, person: nil, reason: LoginDesk.cause(error), channel: channel)
            throw error
        }
    }

    private func signIn(_ attempt: LoginAttempt, code: String, channel: String) async throws(LoginRefusal) -> Ending {
        let token: [UInt8]
        do {
            token = try await ports.exchange(code, attempt.verifier, settings.redirectURI)
        } catch {
            throw .providerFailed
        }
        let identity = try await ports.verify(token)
        guard let nonce = identity.claims["nonce"]?.text, Secrets.isSame(nonce, attempt.nonce) else {
            throw .badToken("its nonce is not ours")
        }
        let person = try LoginIdentity(identity, settings, at: ports.now())
        // OpenID Connect Core 1.0 section 2: it must be there where `max_age` was asked for.
        if attempt.renews != nil {
            guard let authenticated = person.authenticated else {
                throw .badToken("it does not say when somebody logged in")
            }
            guard ports.now() < authenticated.advanced(by: settings.freshness) else { throw .notFresh }
        }
        guard ports.profile(person.id, person.groups) != nil else { throw .notAPerson }
        guard record(.personSignedIn, person: person.id, channel: channel) else { throw .notRecorded }
        let session = session(of: person, channel)
        return Ending(session: try open(session, replacing: attempt.renews), returnTo: attempt.returnTo)
    }

    private func session(of person: LoginIdentity, _ channel: String) -> PersonSession {
        let now = ports.now()
        return PersonSession(
            person: person.id,
            groups: person.groups,
            aliases: person.aliases,
            began: now,
            authenticated: min(now, person.authenticated ?? Timestamp(microseconds: 0)),
            lastSeen: now,
            formToken: Secrets.text(ports.random(32)),
            channel: channel
        )
    }

    /// Each login makes a session with a secret of its own; the one that it renews, by its digest, is over.
    func open(_ session: PersonSession, replacing old: String?) throws(LoginRefusal) -> String {
        let secret = Secrets.text(ports.random(32))
        let now = ports.now()
        let isOpen = state.withLock { state in
            if let old { state.sessions[old] = nil }
            if state.sessions.count >= LoginDesk.sessionLimit {
                state.sessions = state.sessions.filter { isLive($0.value, at: now) }
            }
            guard state.sessions.count < LoginDesk.sessionLimit else { return false }
            state.sessions[Secrets.digest(secret)] = session
            return true
        }
        guard isOpen else { throw .tooMany }
        return secret
    }

    /// An attempt serves once, and in the browser that began it.
    private func take(_ name: String, _ browser: String?) throws(LoginRefusal) -> LoginAttempt {
        let now = ports.now()
        let attempt: LoginAttempt? = state.withLock { state in
            guard let attempt = state.attempts[name], let browser,
                Secrets.isSame(attempt.browser, Secrets.digest(browser))
            else { return nil }
            state.attempts[name] = nil
            return now < attempt.began.advanced(by: LoginDesk.attemptLifetime) ? attempt : nil
        }
        guard let attempt else { throw .unknownAttempt }
        return attempt
    }

    // MARK: Being in

    /// Who a session belongs to; nil where it is over, or the person has left.
    /// Whether it counts as a request is for whoever asks to say: a page that follows by itself keeps no session alive.
    package func person(session secret: String, counts: Bool = true) -> SignedInPerson? {
        let now = ports.now()
        let name = Secrets.digest(secret)
        let session: PersonSession? = state.withLock { state in
            guard var session = state.sessions[name] else { return nil }
            guard isLive(session, at: now) else {
                state.sessions[name] = nil
                return nil
            }
            guard counts else { return session }
            session.lastSeen = now
            state.sessions[name] = session
            return session
        }
        guard let session, let profile = profile(of: session) else { return nil }
        return SignedInPerson(
            id: session.person,
            name: profile.name,
            groups: profile.groups,
            capabilities: profile.capabilities,
            aliases: session.aliases.union(profile.aliases),
            authenticated: session.authenticated,
            isFresh: now < session.authenticated.advanced(by: settings.freshness),
            formToken: session.formToken,
            channel: session.channel,
            isLocal: session.isLocal
        )
    }

    func profile(of session: PersonSession) -> PersonProfile? {
        session.isLocal ? ports.local()?.profile : ports.profile(session.person, session.groups)
    }

    package func signOut(session secret: String) {
        let session = state.withLock { $0.sessions.removeValue(forKey: Secrets.digest(secret)) }
        guard let session else { return }
        record(.personSignedOut, person: session.person, isLocal: session.isLocal, channel: session.channel)
    }

    /// How many people are in now.
    package var count: Int {
        let now = ports.now()
        return state.withLock { state in state.sessions.values.count { isLive($0, at: now) } }
    }

    private func isLive(_ session: PersonSession, at now: Timestamp) -> Bool {
        now < session.began.advanced(by: settings.lifetime) && now < session.lastSeen.advanced(by: settings.idle)
    }

    // MARK: Records

    @discardableResult
    func record(
        _ kind: RecordKind,
        person: String?,
        isLocal: Bool = false,
        reason: String? = nil,
        channel: String
    ) -> Bool {
        var json = JSONBytes(reserving: 256)
        json.appendRaw("\"principal\":")
        if let person {
            json.append(Principal(kind: .person, issuer: isLocal ? "local" : "login", subject: person))
        } else {
            json.appendNull()
        }
        json.appendRaw(",\"login\":{")
        json.member("channel")
        json.append(channel)
        json.member("reason")
        json.append(reason)
        json.appendRaw("}")
        return ports.record(RecordDraft(kind: kind, session: nil, body: json.bytes))
    }

    private static func cause(_ refusal: LoginRefusal) -> String {
        if case .badToken(let why) = refusal { return why }
        return "\(refusal)"
    }

    /// An error code of RFC 6749 section 4.1.2.1, and of whoever wrote the URL nothing more.
    private static func plain(_ error: String) -> String {
        let letters = error.utf8.prefix(64).filter { (0x61...0x7A).contains($0) || $0 == 0x5F }
        return letters.isEmpty ? "unknown" : String(decoding: letters, as: UTF8.self)
    }
}
