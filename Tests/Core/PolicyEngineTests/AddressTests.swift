import PolicyEngine
import Testing

@Suite("Addresses")
struct AddressTests {
    @Test(
        "The textual forms of addresses",
        arguments: [
            ("10.20.3.4", "10.20.3.4"), ("255.255.255.255", "255.255.255.255"), ("::", "0:0:0:0:0:0:0:0"),
            ("::1", "0:0:0:0:0:0:0:1"), ("2001:DB8::a", "2001:db8:0:0:0:0:0:a"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
            ("1::8", "1:0:0:0:0:0:0:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::ffff:10.1.2.3", "10.1.2.3"),
            ("::FFFF:0a01:0203", "10.1.2.3"), ("fe80::1%eth0", "fe80:0:0:0:0:0:0:1"),
            ("64:ff9b::1.2.3.4", "64:ff9b:0:0:0:0:102:304"),
        ]
    )
    func parses(text: String, shown: String) {
        #expect(SourceAddress(text)?.description == shown)
    }

    @Test(
        "What is no address",
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "1.2.3.-4", "1.2.3.+4", " 1.2.3.4",
            "1.2.3.4 ",
            "0x1.2.3.4", "1.2..4", "١.2.3.4", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::",
            "g::",
            "+1::", "::1.2.3", "1.2.3.4::", "::1.2.3.4:5", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1.2.3.4%eth0",
            "[::1]",
        ]
    )
    func refuses(text: String) {
        #expect(SourceAddress(text) == nil)
    }

    @Test(
        "A range holds its addresses and no others",
        arguments: [
            ("10.20.0.0/16", "10.20.255.255", true), ("10.20.0.0/16", "10.21.0.0", false),
            ("10.20.0.0/16", "::ffff:10.20.1.1", true), ("0.0.0.0/0", "255.0.0.1", true), ("0.0.0.0/0", "::1", false),
            ("::/0", "1.2.3.4", false), ("::/0", "2001:db8::1", true), ("10.0.0.128/25", "10.0.0.127", false),
            ("10.0.0.128/25", "10.0.0.128", true), ("10.0.0.1", "10.0.0.1", true), ("10.0.0.1", "10.0.0.2", false),
            ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
            ("::ffff:10.0.0.0/104", "10.9.9.9", true), ("::ffff:10.0.0.0/104", "11.0.0.0", false),
        ]
    )
    func contains(range: String, address: String, isInside: Bool) throws {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try #require(SourceAddress(address))) == isInside)
    }

    @Test(
        "What is no range",
        arguments: [
            "", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.1/8", "10.0.0.0/8/8", "::/129",
            "2001:db8::1/32", "::ffff:10.0.0.0/95", "fe80::%eth0/64", "10.0.0.0/08x", "10.0.0.0 /8",
        ]
    )
    func refusesRange(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(
        "Loopback is 127.0.0.0/8, ::1 and localhost",
        arguments: [
            ("127.0.0.1:1", true), ("127.255.0.1:1", true), ("[::1]:1", true), ("localhost:1", true),
            ("LOCALHOST:1", true),
            ("[::ffff:127.0.0.1]:1", true), ("0.0.0.0:1", false), ("[::]:1", false), ("128.0.0.1:1", false),
            ("localhost.example.com:1", false), ("[::2]:1", false),
        ]
    )
    func loopback(text: String, isLoopback: Bool) throws {
        #expect(try #require(NetworkAddress(text)).isLoopback == isLoopback)
    }

    @Test(
        "What is no host with a port",
        arguments: [
            "", ":1", "host", "host:", "host:x", "host:65536", "host:-1", "::1:5432", "[::1]", "[host]:1",
            "[1.2.3.4]:1", "ho st:1",
            "a..b:1", "-a:1", "a-:1", "1.2.3:1", "999.1.1.1:1", "host:1:2", "h/x:1", "host:+1",
        ]
    )
    func refusesNetwork(text: String) {
        #expect(NetworkAddress(text) == nil)
    }
}
