extension PageTemplate {
    static let health = PageTemplate(
        "health",
        #"""
        <div class="head">
        <h1>Health</h1>
        <p>The same is at <a href="/readyz">/readyz</a> for monitors and at <a href="/metrics">/metrics</a> for Prometheus.</p>
        </div>
        {{{region}}}

        """#
    )

    static let healthRegion = PageTemplate(
        "healthRegion",
        #"""
        <div class="stack" id="health" data-live="{{key}}">
        <section class="panel" aria-labelledby="gateway">
        <div class="line"><h2 id="gateway">Gateway</h2>{{#badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/badge}}</div>
        {{>problems}}
        {{#allWell}}
        <p class="soft">Every part works.</p>
        {{/allWell}}
        {{#gateway}}
        {{>facts}}
        {{/gateway}}
        </section>
        <section class="panel" aria-labelledby="ledger">
        <h2 id="ledger">Ledger</h2>
        {{#ledger}}
        {{>facts}}
        {{/ledger}}
        </section>
        <section class="panel" aria-labelledby="witnesses">
        <h2 id="witnesses">Witnesses</h2>
        {{#witnesses}}
        {{>facts}}
        {{/witnesses}}
        {{#alone}}
        <p class="soft">Nobody cosigns the ledger's checkpoints. Whoever holds its key could rewrite it unseen: name witnesses under <code>ledger: {witnesses: …}</code>, or keep checkpoints elsewhere.</p>
        {{/alone}}
        </section>
        <section class="panel" aria-labelledby="exports">
        <h2 id="exports">Exports</h2>
        {{#hasExports}}
        <table class="rows" role="table" aria-labelledby="exports">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Destination</th><th role="columnheader" scope="col">State</th><th role="columnheader" scope="col">How far</th><th role="columnheader" scope="col">Last error</th></tr></thead>
        <tbody role="rowgroup">
        {{#exports}}
        <tr role="row"><td role="cell" data-label="Destination"><div>{{.name}} <span class="soft small">{{.format}}</span></div></td><td role="cell" data-label="State">{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}</td><td role="cell" data-label="How far">{{.lag}}</td><td role="cell" data-label="Last error">{{.error}}</td></tr>
        {{/exports}}
        </tbody>
        </table>
        {{/hasExports}}
        {{^hasExports}}
        <p class="soft">Records are sent nowhere. Name destinations under <code>export:</code> to have them in a SIEM.</p>
        {{/hasExports}}
        </section>
        </div>

        """#
    )
}
