extension PageTemplate {
    static let identities = PageTemplate(
        "identities",
        #"""
        <div class="head">
        <h1>Identities</h1>
        <p>Roles have an owner and an end. Whoever has a token that a role is bound to may act as it.</p>
        {{#policy}}
        <p class="small">Policy in force: <code>{{.}}</code></p>
        {{/policy}}
        </div>
        <section class="stack" aria-labelledby="roles">
        <h2 id="roles">Roles</h2>
        {{#hasRoles}}
        <table class="rows" role="table" aria-labelledby="roles">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Role</th><th role="columnheader" scope="col">State</th><th role="columnheader" scope="col">Owner</th><th role="columnheader" scope="col">Expires</th><th role="columnheader" scope="col">Last used</th><th role="columnheader" scope="col">Targets</th><th role="columnheader" scope="col">Bound to</th></tr></thead>
        <tbody role="rowgroup">
        {{#roles}}
        <tr role="row">
        <td role="cell" data-label="Role"><div><a href="{{.href}}"><strong>{{.name}}</strong></a>{{#.description}}<div class="soft small">{{.}}</div>{{/.description}}{{#.warnings}}<div class="small"><span class="badge hold">{{.}}</span></div>{{/.warnings}}</div></td>
        <td role="cell" data-label="State"><div>{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}</div></td>
        <td role="cell" data-label="Owner"><div>{{.owner}}{{#.ownerNote}}<div class="small"><span class="badge no">{{.}}</span></div>{{/.ownerNote}}</div></td>
        <td role="cell" data-label="Expires" class="when">{{#.lastDay}}after {{.}}{{/.lastDay}}</td>
        <td role="cell" data-label="Last used"><div>{{#.lastUse}}{{>time}}{{/.lastUse}}{{^.lastUse}}<span class="soft">never</span>{{/.lastUse}}{{#.live}}<div class="small"><a href="{{liveHref}}">{{.}} live</a></div>{{/.live}}</div></td>
        <td role="cell" data-label="Targets">{{.targets}}</td>
        <td role="cell" data-label="Bound to">{{.bound}}</td>
        </tr>
        {{/roles}}
        </tbody>
        </table>
        {{/hasRoles}}
        {{^hasRoles}}
        <div class="empty"><strong>The policy has no role.</strong><span>Write one under <code>roles:</code> and reload.</span></div>
        {{/hasRoles}}
        </section>
        <section class="stack" aria-labelledby="seen">
        <h2 id="seen">Seen</h2>
        {{#hasPrincipals}}
        <table class="rows" role="table" aria-labelledby="seen">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Principal</th><th role="columnheader" scope="col">Last as</th><th role="columnheader" scope="col">Last session</th><th role="columnheader" scope="col">Live</th></tr></thead>
        <tbody role="rowgroup">
        {{#principals}}
        <tr role="row">
        <td role="cell" data-label="Principal"><div><a href="{{.href}}">{{.subject}}</a><div class="soft small">{{.kind}}</div></div></td>
        <td role="cell" data-label="Last as">{{.roles}}</td>
        <td role="cell" data-label="Last session" class="when"><div>{{#.session}}<a href="{{.}}">{{/.session}}{{#.seen}}{{>time}}{{/.seen}}{{#.session}}</a>{{/.session}}</div></td>
        <td role="cell" data-label="Live">{{.live}}</td>
        </tr>
        {{/principals}}
        </tbody>
        </table>
        {{>pager}}
        {{/hasPrincipals}}
        {{^hasPrincipals}}
        <div class="empty"><strong>Nobody has had a session yet.</strong><span>Everybody who has stands here, with the role that they last had.</span></div>
        {{/hasPrincipals}}
        </section>

        """#
    )
}
