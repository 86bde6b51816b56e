import Foundation

/// As much of JSON Schema (2020-12) as the bundled schema uses: $ref, type, const, enum, minimum, maximum, required,
/// properties, additionalProperties, items, anyOf, allOf, if and then. Any other keyword is a fault.
struct SchemaCheck {
    private let root: [String: Any]

    static func bundled() throws -> SchemaCheck {
        let path = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let data = try Data(contentsOf: URL(filePath: "/\(path)/docs/reference/ocsf-1.8.0.schema.json"))
        let value = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return SchemaCheck(root: value ?? [:])
    }

    /// What is wrong, each with its path.
    func faults(in event: [UInt8]) throws -> [String] {
        faults(try JSONSerialization.jsonObject(with: Data(event)), root, "")
    }

    private static let known: Set<String> = [
        "$schema", "$comment", "$defs", "title", "$ref", "type", "const", "enum", "minimum", "maximum", "required",
        "properties", "additionalProperties", "items", "anyOf", "allOf", "if", "then",
    ]

    private func faults(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
        var found = schema.keys.filter { !SchemaCheck.known.contains($0) }.map { "\(path): keyword \($0)" }
        if let name = (schema["$ref"] as? String)?.split(separator: "/").last {
            let target = (root["$defs"] as? [String: Any])?[String(name)] as? [String: Any]
            found += target.map { faults(value, $0, path) } ?? ["\(path): no definition \(name)"]
        }
        if let type = schema["type"] as? String, !SchemaCheck.is(value, type) { found.append("\(path): no \(type)") }
        if let const = schema["const"], !SchemaCheck.equal(const, value) { found.append("\(path): not \(const)") }
        if let list = schema["enum"] as? [Any], !list.contains(where: { SchemaCheck.equal($0, value) }) {
            found.append("\(path): \(value) is none of \(list)")
        }
        if let number = (value as? NSNumber)?.doubleValue {
            if let least = schema["minimum"] as? Double, number < least { found.append("\(path): below \(least)") }
            if let most = schema["maximum"] as? Double, number > most { found.append("\(path): above \(most)") }
        }
        if let object = value as? [String: Any] { found += faults(inObject: object, schema, path) }
        if let list = value as? [Any], let items = schema["items"] as? [String: Any] {
            for (number, item) in list.enumerated() { found += faults(item, items, "\(path)[\(number)]") }
        }
        return found + combined(value, schema, path)
    }

    private func faults(inObject object: [String: Any], _ schema: [String: Any], _ path: String) -> [String] {
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        var found = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }.map {
            "\(path).\($0) is missing"
        }
        for (name, member) in object {
            if let inner = properties[name] {
                found += faults(member, inner, "\(path).\(name)")
            } else if schema["additionalProperties"] as? Bool == false {
                found.append("\(path).\(name) is not in the schema")
            }
        }
        return found
    }

    private func combined(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
        var found = (schema["allOf"] as? [[String: Any]] ?? []).flatMap { faults(value, $0, path) }
        if let any = schema["anyOf"] as? [[String: Any]], !any.contains(where: { faults(value, $0, path).isEmpty }) {
            found.append("\(path): none of anyOf")
        }
        if let condition = schema["if"] as? [String: Any], let then = schema["then"] as? [String: Any],
            faults(value, condition, path).isEmpty
        {
            found += faults(value, then, path)
        }
        return found
    }

    private static func `is`(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "boolean": isBoolean(value)
        case "integer":
            !isBoolean(value) && (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
        default: false
        }
    }

    private static func isBoolean(_ value: Any) -> Bool {
        (value as? NSNumber).map { "\($0.objCType.pointee)" == "\(NSNumber(value: true).objCType.pointee)" } ?? false
    }

    private static func equal(_ left: Any, _ right: Any) -> Bool {
        (left as? NSObject)?.isEqual(right) ?? false
    }
}
