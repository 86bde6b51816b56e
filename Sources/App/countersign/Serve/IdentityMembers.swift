internal import AccessModel
internal import PolicyEngine

/// `"principal":…,"roles":…,"provenance":…`, as every record of a session's beginning holds them.
enum IdentityMembers {
    static func json(_ identity: VerifiedIdentity, roles: [BoundRole]) -> [UInt8] {
        json(identity.principal, identity.provenance, roles: roles)
    }

    static func json(_ principal: Principal?, _ provenance: Provenance?, roles: [BoundRole] = []) -> [UInt8] {
        var json = JSONBytes(reserving: 512)
        json.appendRaw("\"principal\":")
        if let principal { json.append(principal) } else { json.appendNull() }
        json.appendRaw(",\"roles\":[")
        for (index, role) in roles.enumerated() {
            if index > 0 { json.appendRaw(",") }
            json.appendRaw("{")
            json.member("name")
            json.append(role.name)
            json.member("owner")
            json.append(role.owner)
            json.appendRaw("}")
        }
        json.appendRaw("],\"provenance\":")
        if let provenance { json.append(provenance) } else { json.appendNull() }
        return json.bytes
    }
}
