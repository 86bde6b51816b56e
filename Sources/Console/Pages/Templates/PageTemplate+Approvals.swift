extension PageTemplate {
    static let approvals = PageTemplate(
        "approvals",
        #"""
        <div class="head">
        <h1>Approvals</h1>
        <p>Commands that stopped and wait for a person. What you approve runs once, exactly as it is shown.</p>
        </div>
        <p class="notice hold away">The connection is away: this list may be older than it looks.</p>
        {{{region}}}

        """#
    )

    static let approvalsRegion = PageTemplate(
        "approvalsRegion",
        #"""
        <div class="stack" id="inbox" data-live="{{key}}" data-live-words="{{words}}">
        <section class="stack" aria-labelledby="waiting">
        <h2 id="waiting">Waiting</h2>
        {{#hasWaiting}}
        <table class="rows" role="table" aria-labelledby="waiting">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">What</th><th role="columnheader" scope="col">Who asks</th><th role="columnheader" scope="col">Target</th><th role="columnheader" scope="col">Expires</th></tr></thead>
        <tbody role="rowgroup">
        {{#waiting}}
        <tr role="row">
        <td role="cell" data-label="What"><div class="stack"><div class="line"><a href="{{.href}}"><strong>{{.headline}}</strong></a>{{#.for}}<span class="badge hold">{{.}}</span>{{/.for}}</div>{{#.statement}}<span class="snippet">{{.}}</span>{{/.statement}}</div></td>
        <td role="cell" data-label="Who asks"><div>{{.asks}}<div class="soft small">{{.role}}</div></div></td>
        <td role="cell" data-label="Target">{{.target}}</td>
        <td role="cell" data-label="Expires" class="when">{{#.expires}}{{>time}}{{/.expires}}</td>
        </tr>
        {{/waiting}}
        </tbody>
        </table>
        {{/hasWaiting}}
        {{^hasWaiting}}
        <div class="empty"><strong>Nothing waits for an approval.</strong><span>A command waits here when a grant has <code>hold</code> for it and names you under <code>approval: {approvers: …}</code>. This page follows by itself.</span></div>
        {{/hasWaiting}}
        </section>
        {{#hasEnded}}
        <section class="stack" aria-labelledby="ended">
        <h2 id="ended">Ended lately</h2>
        <table class="rows" role="table" aria-labelledby="ended">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">What</th><th role="columnheader" scope="col">State</th><th role="columnheader" scope="col">Who asked</th><th role="columnheader" scope="col">Target</th><th role="columnheader" scope="col">Ended</th></tr></thead>
        <tbody role="rowgroup">
        {{#ended}}
        <tr role="row">
        <td role="cell" data-label="What"><a href="{{.href}}">{{.headline}}</a></td>
        <td role="cell" data-label="State">{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}</td>
        <td role="cell" data-label="Who asked"><div>{{.asks}}<div class="soft small">{{.role}}</div></div></td>
        <td role="cell" data-label="Target">{{.target}}</td>
        <td role="cell" data-label="Ended" class="when">{{#.ended}}{{>time}}{{/.ended}}</td>
        </tr>
        {{/ended}}
        </tbody>
        </table>
        </section>
        {{/hasEnded}}
        </div>

        """#
    )

    static let approval = PageTemplate(
        "approval",
        #"""
        <nav class="crumbs" aria-label="Path"><a href="/approvals">Approvals</a></nav>
        <p class="notice hold away">The connection is away: what stands here may be older than it looks.</p>
        {{{region}}}

        """#
    )

    static let approvalRegion = PageTemplate(
        "approvalRegion",
        #"""
        <div class="stack" id="approval" data-live="{{key}}" data-live-words="{{words}}">
        <div class="head">
        <div class="line"><span class="soft">{{heading}}</span>{{#badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/badge}}{{#waiting}}{{#expires}}<span class="soft small">expires {{>time}}</span>{{/expires}}{{/waiting}}</div>
        <h1>{{headline}}</h1>
        <p>{{#asker}}{{.}} asks{{/asker}}{{^asker}}Somebody asks{{/asker}}{{#role}} as {{.}}{{/role}}{{#target}} on {{.}}{{/target}}{{#reason}}: {{.}}{{/reason}}</p>
        </div>
        {{#ending}}
        <div class="notice {{.tone}}"><p>{{.words}}{{#.time}} {{>time}}{{/.time}}</p></div>
        {{/ending}}
        <div class="pair">
        <div class="stack">
        {{#statement}}
        <section class="panel" aria-labelledby="what">
        <h2 id="what">What would run</h2>
        {{>statement}}
        </section>
        {{/statement}}
        {{>changeSetRows}}
        <section class="panel" aria-labelledby="effects">
        <h2 id="effects">What it does</h2>
        <ul class="plain">
        {{#effects}}
        <li><code>{{.}}</code></li>
        {{/effects}}
        {{^effects}}
        <li class="soft">Nothing that needs a grant.</li>
        {{/effects}}
        </ul>
        {{#estimate}}
        <p><strong>Rows:</strong> {{.}}</p>
        {{/estimate}}
        {{#inTransaction}}
        <p class="notice hold">It waits inside of a transaction: what that transaction has locked stays locked meanwhile.</p>
        {{/inTransaction}}
        </section>
        {{>approvalAnswer}}
        </div>
        <div class="stack">
        <section class="panel" aria-labelledby="asks">
        <h2 id="asks">Who asks</h2>
        {{#asks}}
        {{>facts}}
        {{/asks}}
        {{#session}}
        <p><a href="{{.}}">Everything this session did</a></p>
        {{/session}}
        </section>
        <section class="panel" aria-labelledby="acts">
        <h2 id="acts">What it would act as</h2>
        {{#acts}}
        {{>facts}}
        {{/acts}}
        </section>
        {{>roleMay}}
        </div>
        </div>
        </div>

        """#
    )
}
