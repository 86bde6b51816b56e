extension PageTemplate {
    static let overview = PageTemplate(
        "overview",
        #"""
        <div class="head">
        <h1>Overview</h1>
        </div>
        <p class="notice hold away">The connection is away: these figures may be older than they look.</p>
        {{{region}}}

        """#
    )

    static let problems = PageTemplate(
        "problems",
        #"""
        {{#problems}}
        <div class="notice {{.tone}}"><p><strong>{{.part}}</strong>: {{.reason}}</p></div>
        {{/problems}}

        """#
    )

    static let overviewRegion = PageTemplate(
        "overviewRegion",
        #"""
        <div class="stack" id="glance" data-live="{{key}}">
        {{>problems}}
        <div class="cards">
        {{#cards}}
        {{#.href}}<a class="card" href="{{.}}">{{/.href}}{{^.href}}<div class="card">{{/.href}}
        <span class="what">{{.what}}</span>
        {{#.figure}}
        <span class="figure">{{.}}</span>
        {{/.figure}}
        {{#.badge}}
        <span><span class="badge {{.tone}}">{{.words}}</span></span>
        {{/.badge}}
        {{#.more}}
        <span class="more">{{.}}</span>
        {{/.more}}
        {{#.href}}</a>{{/.href}}{{^.href}}</div>{{/.href}}
        {{/cards}}
        </div>
        {{#empty}}
        <div class="empty"><strong>The gateway says nothing of itself.</strong><span>See <code>countersign status</code> on its machine.</span></div>
        {{/empty}}
        {{#chart}}
        <figure class="panel">
        <svg class="chart" viewBox="0 0 600 100" preserveAspectRatio="none" role="img" aria-label="{{.words}}">
        {{#.bars}}
        <rect x="{{.x}}" y="{{.y}}" width="{{.width}}" height="{{.height}}"/>
        {{/.bars}}
        {{#.denied}}
        <rect class="no" x="{{.x}}" y="{{.y}}" width="{{.width}}" height="{{.height}}"/>
        {{/.denied}}
        </svg>
        <figcaption class="soft small">{{.words}}</figcaption>
        </figure>
        {{/chart}}
        {{#hasWaiting}}
        <section class="stack" aria-labelledby="waiting">
        <h2 id="waiting">Waiting for an approval</h2>
        <table class="rows" role="table" aria-labelledby="waiting">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">What</th><th role="columnheader" scope="col">Who asks</th><th role="columnheader" scope="col">Target</th><th role="columnheader" scope="col">Expires</th></tr></thead>
        <tbody role="rowgroup">
        {{#waiting}}
        <tr role="row">
        <td role="cell" data-label="What"><div class="line"><a href="{{.href}}">{{.headline}}</a>{{#.for}}<span class="badge hold">{{.}}</span>{{/.for}}</div></td>
        <td role="cell" data-label="Who asks">{{.asks}}</td>
        <td role="cell" data-label="Target">{{.target}}</td>
        <td role="cell" data-label="Expires" class="when">{{#.expires}}{{>time}}{{/.expires}}</td>
        </tr>
        {{/waiting}}
        </tbody>
        </table>
        <p><a href="/approvals">All approvals</a></p>
        </section>
        {{/hasWaiting}}
        </div>

        """#
    )
}
