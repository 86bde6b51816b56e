import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Console

@Suite("Files that pages load")
struct AssetTests {
    @Test("Each is kept for ever under a name of its own, and is for anybody", arguments: Asset.all.map(\.path))
    func isKept(path: String) async throws {
        try await PageFixture().console.test(.router) { client in
            try await client.execute(uri: path, method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.cacheControl] == "public, max-age=31536000, immutable")
                #expect(response.headers[.contentType]?.isEmpty == false)
                #expect(HTTPField.Name("X-Content-Type-Options").flatMap { response.headers[$0] } == "nosniff")
                #expect(response.body.readableBytes > 0)
            }
        }
    }

    @Test(
        "Another digest is another file, which is not there",
        arguments: ["/assets/console.0000000000000000.css", "/assets/", "/assets/..%2Fa"]
    )
    func isNotThere(path: String) async throws {
        try await PageFixture().console.test(.router) { client in
            try await client.execute(uri: path, method: .get) { #expect($0.status == .notFound) }
        }
    }

    @Test(
        "None asks another site, and none makes markup of texts",
        arguments: Asset.all.map { String(buffer: $0.body) }
    )
    func isOwn(text: String) {
        let outward = text.matches(of: /(?:https?:)?\/\/[a-z0-9.-]+\.[a-z]+/).map { String($0.0) }
        #expect(outward.allSatisfy { $0 == "http://www.w3.org" }, "\(outward)")
        for word in [
            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "@import",
            "url(",
        ] {
            #expect(!text.contains(word), "\(word)")
        }
    }
}
