import Glibc

/// The system's words for an `errno`, with its number.
enum ErrnoText {
    static func describe(_ number: Int32) -> String {
        guard let text = strerror(number) else { return "error \(number)" }
        return "\(String(cString: text)) (\(number))"
    }
}
