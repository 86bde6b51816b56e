extension PageTemplate {
    static let record = PageTemplate(
        "record",
        #"""
        <nav class="crumbs" aria-label="Path"><a href="/audit">Audit</a></nav>
        <div class="head">
        <div class="line"><span class="soft">{{kind}}</span>{{#badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/badge}}</div>
        <h1>{{title}}</h1>
        <div class="line small">
        {{#links}}
        <a href="{{.href}}">{{.label}}</a>
        {{/links}}
        </div>
        </div>
        {{#denial}}
        <p class="notice no">{{.}}</p>
        {{/denial}}
        {{#error}}
        <p class="notice no">{{.}}</p>
        {{/error}}
        {{#statement}}
        <section class="panel" aria-labelledby="statement">
        <h2 id="statement">Statement</h2>
        {{>statement}}
        {{#hasEffects}}
        <ul class="plain">
        {{#effects}}
        <li><code>{{.}}</code></li>
        {{/effects}}
        </ul>
        {{/hasEffects}}
        </section>
        {{/statement}}
        <div class="halves">
        {{#sections}}
        <section class="panel" aria-labelledby="part-{{.number}}">
        <h2 id="part-{{.number}}">{{.label}}</h2>
        {{>facts}}
        </section>
        {{/sections}}
        </div>
        <section class="panel" aria-labelledby="proof">
        <h2 id="proof">Proof</h2>
        {{#unproven}}
        <p class="notice hold">No proof can be had now. {{.}}</p>
        {{/unproven}}
        {{#proof}}
        {{>facts}}
        <div id="verify" class="stack" data-proof="{{.address}}" data-record="{{.record}}" hidden>
        <div><label for="key">The log's key, as you have it from elsewhere <span class="hint">(left empty, the key that this gateway names is used)</span></label><input class="code" type="text" id="key" autocomplete="off" spellcheck="false"></div>
        <div class="actions"><button type="button" class="first" id="verify-button">Verify in this browser</button></div>
        <div id="verify-result" class="stack" role="status"></div>
        </div>
        <div class="actions"><a class="button" href="{{.bundle}}" download>Download the bundle</a><span class="hint">For <code>countersign-verify</code>, without this gateway. That you took it is recorded.</span></div>
        <details><summary>Checkpoint</summary><pre class="raw" tabindex="0" role="region" aria-label="Checkpoint"><code>{{.checkpoint}}</code></pre></details>
        {{/proof}}
        </section>
        <details class="panel"><summary>As JSON</summary><pre class="raw" tabindex="0" role="region" aria-label="The record as JSON"><code>{{raw}}</code></pre></details>

        """#
    )
}
