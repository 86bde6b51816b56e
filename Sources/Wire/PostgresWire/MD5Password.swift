internal import AccessModel
internal import Crypto

/// The answer to AuthenticationMD5Password: `md5` and hex(MD5(hex(MD5(password + user)) + salt)). PostgreSQL manual,
/// 55.2.1. Only for targets that still store MD5 passwords; the gateway never offers it.
enum MD5Password {
    static func answer(user: String, password: String, salt: [UInt8]) -> String {
        let inner = hex(Insecure.MD5.hash(data: Array((password + user).utf8)))
        return "md5" + hex(Insecure.MD5.hash(data: Array(inner.utf8) + salt))
    }

    private static func hex(_ digest: some Sequence<UInt8>) -> String {
        String(decoding: digest.flatMap { [JSONBytes.hexDigit($0 >> 4), JSONBytes.hexDigit($0 & 15)] }, as: UTF8.self)
    }
}
