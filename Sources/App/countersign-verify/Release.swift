/// The version of this program: that of the product.
enum Release {
    static let version = "0.1.0"
}
