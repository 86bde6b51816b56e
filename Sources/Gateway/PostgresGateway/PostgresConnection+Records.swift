internal import AccessModel
internal import GatewayKit
internal import Logging
internal import NIOCore
internal import PostgresWire
internal import Synchronization

extension PostgresConnection {
    /// The session's first record; without it there is no session.
    func recordBeginning(_ admission: SessionAdmission, _ request: StartupRequest, _ greeting: TargetGreeting) -> Bool {
        var json = members(of: admission, client: request.client)
        json.appendRaw(",\"reason\":")
        json.append(admission.reason)
        json.appendRaw(",\"policy\":")
        json.append(admission.policy)
        json.appendRaw(",\"token\":")
        json.append(admission.tokenDigest)
        json.appendRaw(",\"target_session\":{\"pid\":")
        json.append(UInt64(greeting.process))
        json.appendRaw(",\"stamp\":")
        json.append(admission.stamp)
        json.appendRaw("}")
        let draft = RecordDraft(kind: .sessionOpened, session: admission.id, body: json.bytes)
        switch shared.ports.record(draft) {
        case .success: return true
        case .failure(let refusal):
            logger.error(
                "a session was refused: its record could not be written",
                metadata: ["cause": "\(refusal.cause)"]
            )
            return false
        }
    }

    func recordEnd(of session: PostgresSession, _ reason: SessionEnd) {
        var json = JSONBytes(reserving: 160)
        json.appendRaw("\"close\":{")
        json.member("reason")
        json.append(reason.reason)
        json.member("commands")
        json.append(Int64(session.counts.commands.load(ordering: .relaxed)))
        json.member("denied")
        json.append(Int64(session.counts.denied.load(ordering: .relaxed)))
        json.member("duration_us")
        json.append(UInt64(max(0, (NIODeadline.now() - phaseSince).nanoseconds / 1000)))
        json.appendRaw("}")
        _ = shared.ports.recordOutcome(
            RecordDraft(kind: .sessionClosed, session: session.admission.id, body: json.bytes)
        )
        logger.info("session closed", metadata: ["reason": "\(reason.reason)"])
    }

    /// An identity was shown and admitted, but the target gave no session.
    func recordFailure(_ admission: SessionAdmission, _ failure: TargetStartupFailure) {
        var json = JSONBytes(reserving: 512)
        json.appendRaw("\"refusal\":{\"reason\":")
        json.append("\(failure)")
        json.appendRaw("},")
        json.appendRaw(members(of: admission, client: request?.client).bytes)
        json.appendRaw(",\"requested\":{\"user\":")
        json.append(request?.user)
        json.appendRaw(",\"database\":")
        json.append(request?.database)
        json.appendRaw("},\"token\":")
        json.append(admission.tokenDigest)
        _ = shared.ports.recordOutcome(
            RecordDraft(kind: .authenticationRefused, session: nil, body: json.bytes)
        )
    }

    private func members(of admission: SessionAdmission, client: String?) -> JSONBytes {
        var json = JSONBytes(reserving: 1024)
        json.appendRaw(admission.identityMembers)
        json.appendRaw(",\"source\":{")
        json.member("address")
        json.append(source.address)
        json.member("port")
        json.append(Int64(source.port))
        json.member("client")
        json.append(client)
        json.appendRaw("},\"target\":{")
        json.member("name")
        json.append(admission.target.name)
        json.appendRaw(",\"type\":\"postgres\"")
        json.member("database")
        json.append(admission.database)
        json.member("user")
        json.append(admission.credentialUser)
        json.appendRaw("}")
        return json
    }
}
