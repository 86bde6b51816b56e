extension PageTemplate {
    static let role = PageTemplate(
        "role",
        #"""
        <nav class="crumbs" aria-label="Path"><a href="/identities">Identities</a></nav>
        <div class="head">
        <div class="line"><span class="soft">A role</span>{{#badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/badge}}</div>
        <h1>{{name}}</h1>
        {{#description}}
        <p>{{.}}</p>
        {{/description}}
        <p class="small"><a href="{{audit}}">What was done as this role</a></p>
        </div>
        {{#warnings}}
        <p class="notice hold">{{.}}</p>
        {{/warnings}}
        <section class="panel" aria-labelledby="role">
        <h2 id="role">The role</h2>
        {{#facts}}
        {{>facts}}
        {{/facts}}
        </section>
        <section class="panel" aria-labelledby="bound">
        <h2 id="bound">Who is bound</h2>
        {{#hasBindings}}
        <ul class="plain">
        {{#bindings}}
        <li><strong>Tokens of {{.issuer}}</strong> where
        <ul>
        {{#.claims}}
        <li><code>{{.}}</code></li>
        {{/.claims}}
        </ul></li>
        {{/bindings}}
        </ul>
        {{/hasBindings}}
        {{^hasBindings}}
        <p class="soft">Nobody.</p>
        {{/hasBindings}}
        </section>
        {{#grants}}
        <section class="panel" aria-labelledby="grant-{{.number}}">
        <h2 id="grant-{{.number}}">On {{.target}}</h2>
        <table class="rows" role="table" aria-labelledby="grant-{{.number}}">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Verdict</th><th role="columnheader" scope="col">Action</th><th role="columnheader" scope="col">Object</th><th role="columnheader" scope="col">Where it is written</th></tr></thead>
        <tbody role="rowgroup">
        {{#.rules}}
        <tr role="row"><td role="cell" data-label="Verdict"><div>{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}</div></td><td role="cell" data-label="Action">{{.action}}</td><td role="cell" data-label="Object"><code>{{.object}}</code></td><td role="cell" data-label="Written"><code class="small">{{.path}}</code></td></tr>
        {{/.rules}}
        </tbody>
        </table>
        {{#.hasMasks}}
        <div><h3 class="label">Read as masks</h3><ul class="plain">
        {{#masks}}
        <li><code>{{.}}</code></li>
        {{/masks}}
        </ul></div>
        {{/.hasMasks}}
        {{#.approval}}
        <p><strong>Approval:</strong> {{.}}</p>
        {{/.approval}}
        {{#.hasLimits}}
        <div><h3 class="label">Limits</h3><ul class="plain">
        {{#limits}}
        <li>{{.}}</li>
        {{/limits}}
        </ul></div>
        {{/.hasLimits}}
        {{#.when}}
        <p><strong>Hours:</strong> {{.}}</p>
        {{/.when}}
        </section>
        {{/grants}}
        {{#hasSessions}}
        <section class="panel" aria-labelledby="live">
        <h2 id="live">Live now</h2>
        <ul class="plain">
        {{#sessions}}
        <li class="line"><a href="{{.href}}">{{.subject}}</a><span class="soft small">{{.target}}{{#.opened}}, since {{>time}}{{/.opened}}</span></li>
        {{/sessions}}
        </ul>
        </section>
        {{/hasSessions}}

        """#
    )
}
