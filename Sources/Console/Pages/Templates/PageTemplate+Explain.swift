extension PageTemplate {
    static let explain = PageTemplate(
        "explain",
        #"""
        <div class="head">
        <h1>Explain</h1>
        <p>What the policy in force would say of a statement, and which grant says so. Nothing is sent to a target, and nothing is recorded.</p>
        </div>
        {{#problem}}
        <p class="notice no" role="alert">{{.}}</p>
        {{/problem}}
        {{#answer}}
        <section class="panel" aria-labelledby="verdict">
        <div class="line"><h2 id="verdict">Verdict</h2>{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}</div>
        <p>{{.words}}{{#.reason}} {{.}}.{{/.reason}}</p>
        {{#.hint}}
        <p class="notice">{{.}}</p>
        {{/.hint}}
        {{#.catalog}}
        <p class="soft small">{{.}}</p>
        {{/.catalog}}
        {{#.facts}}
        {{>facts}}
        {{/.facts}}
        {{#.hasEffects}}
        <table class="rows" role="table" aria-label="Effects">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Effect</th><th role="columnheader" scope="col">Decision</th><th role="columnheader" scope="col">By</th></tr></thead>
        <tbody role="rowgroup">
        {{#effects}}
        <tr role="row"><td role="cell" data-label="Effect"><code>{{.effect}}</code></td><td role="cell" data-label="Decision"><div>{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}</div></td><td role="cell" data-label="By"><div>{{#.by}}<code>{{.}}</code>{{/.by}}{{#.why}}<span>{{.}}</span>{{/.why}}</div></td></tr>
        {{/effects}}
        </tbody>
        </table>
        {{/.hasEffects}}
        </section>
        {{/answer}}
        <form method="post" action="/explain" class="panel" aria-label="The question">
        <input type="hidden" name="form_token" value="{{token}}">
        <div class="fields">
        <div class="wide"><label for="sql">Statement</label><textarea class="code" id="sql" name="sql" required spellcheck="false">
        {{f_sql}}</textarea></div>
        <div><label for="target">Target <span class="hint">(or TARGET/DATABASE)</span></label><input type="text" id="target" name="target" value="{{f_target}}" required autocomplete="off"></div>
        <div><label for="role">Role <span class="hint">(empty: all)</span></label><input type="text" id="role" name="role" value="{{f_role}}" autocomplete="off"></div>
        <div><label for="search_path">Search path</label><input type="text" id="search_path" name="search_path" value="{{f_search_path}}" placeholder="public" autocomplete="off"></div>
        <div><label for="source">From</label><input type="text" id="source" name="source" value="{{f_source}}" placeholder="127.0.0.1" autocomplete="off"></div>
        <div><label for="at">When</label><input type="text" id="at" name="at" value="{{f_at}}" placeholder="now" autocomplete="off"></div>
        <div><label for="why">Justification</label><input type="text" id="why" name="reason" value="{{f_reason}}" autocomplete="off"></div>
        <div><label for="issuer">Issuer <span class="hint">(empty: as <code>iss</code> says)</span></label><input type="text" id="issuer" name="issuer" value="{{f_issuer}}" autocomplete="off"></div>
        <div class="wide"><label for="claims">Claims <span class="hint">(the middle part of the job's token, as JSON; taken as verified)</span></label><textarea class="code" id="claims" name="claims" required spellcheck="false">
        {{f_claims}}</textarea></div>
        </div>
        <div class="actions"><button class="first" type="submit">Explain</button></div>
        </form>

        """#
    )
}
