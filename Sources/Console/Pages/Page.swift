internal import HTTPTypes

/// One page, before its frame is put around it.
struct Page {
    var title: String
    /// Nil where the navigation leads nowhere near.
    var section: PageSection?
    var template: PageTemplate
    var view: PageView
    var status = HTTPResponse.Status.ok
    var modules: [Asset] = []
    /// Where events come from that say that this page shows something else now.
    var stream: String?
    /// Seconds after which it is looked at anew; 0 is never.
    var every = 0
}
