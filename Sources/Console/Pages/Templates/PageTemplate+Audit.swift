extension PageTemplate {
    static let auditField = PageTemplate(
        "auditField",
        #"""
        <div><label for="f-{{.name}}">{{.label}}</label>{{#.isChoice}}<select id="f-{{.name}}" name="{{.name}}">{{#.choices}}<option value="{{.value}}"{{#.chosen}} selected{{/.chosen}}>{{.word}}</option>{{/.choices}}</select>{{/.isChoice}}{{^.isChoice}}<input type="text" id="f-{{.name}}" name="{{.name}}" value="{{.value}}"{{#.hint}} placeholder="{{.}}"{{/.hint}} autocomplete="off" spellcheck="false">{{/.isChoice}}</div>

        """#
    )

    static let audit = PageTemplate(
        "audit",
        #"""
        <div class="head">
        <h1>Audit</h1>
        <p>Each command with its run, its decision and how it ended. The address of this page is the search: share it.</p>
        </div>
        <form method="get" action="/audit" class="panel" role="search" aria-label="Audit">
        <div class="fields">
        {{#fields}}
        {{>auditField}}
        {{/fields}}
        </div>
        <details{{#moreIsOpen}} open{{/moreIsOpen}}>
        <summary>Who, which run, which kind</summary>
        <div class="fields">
        {{#more}}
        {{>auditField}}
        {{/more}}
        </div>
        </details>
        {{#oldest}}
        <input type="hidden" name="order" value="oldest">
        {{/oldest}}
        <div class="actions"><button class="first" type="submit">Search</button>{{#hasChips}}<a class="button" href="/audit">Clear</a>{{/hasChips}}</div>
        </form>
        <ul class="chips" aria-label="Since when">
        {{#quick}}
        <li><a class="chip" href="{{.href}}"{{#.current}} aria-current="true"{{/.current}}>{{.words}}</a></li>
        {{/quick}}
        </ul>
        {{#problem}}
        <p class="notice no" role="alert">{{.}}</p>
        {{/problem}}
        {{#hasChips}}
        <ul class="chips" aria-label="Filters in force">
        {{#chips}}
        <li><a class="chip" href="{{.href}}"><span>{{.label}}: {{.value}}</span> <span class="x" aria-hidden="true">×</span><span class="unseen">, remove this filter</span></a></li>
        {{/chips}}
        </ul>
        {{/hasChips}}
        {{^problem}}
        <div class="{{#hasFacets}}split{{/hasFacets}}">
        <div class="stack">
        {{#behind}}
        <p class="notice">{{.}} of the ledger cannot be found yet.</p>
        {{/behind}}
        {{#hasRows}}
        <div class="line"><a class="small" href="{{turned}}">{{#oldest}}Newest first{{/oldest}}{{^oldest}}Oldest first{{/oldest}}</a></div>
        <table class="rows records" role="table" aria-label="Records">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Time</th><th role="columnheader" scope="col">Who</th><th role="columnheader" scope="col">Target</th><th role="columnheader" scope="col">Result</th><th role="columnheader" scope="col">What</th></tr></thead>
        <tbody role="rowgroup">
        {{#rows}}
        {{>recordRow}}
        {{/rows}}
        </tbody>
        </table>
        {{/hasRows}}
        {{#stopped}}
        <p class="notice hold">The time for one search was over before the page was full{{#reached}}; it looked at everything down to {{>time}}{{/reached}}. Go on, or narrow it down.</p>
        {{/stopped}}
        {{^hasRows}}
        {{^stopped}}
        {{#narrowed}}
        <div class="empty"><strong>No record matches all of these filters.</strong><span>Remove one above. Without a kind, only commands and refused logins are looked at.</span></div>
        {{/narrowed}}
        {{^narrowed}}
        <div class="empty"><strong>Nothing is recorded yet.</strong><span>The first command that a job sends through the gateway stands here, before it reaches the target.</span></div>
        {{/narrowed}}
        {{/stopped}}
        {{/hasRows}}
        {{>pager}}
        </div>
        {{#hasFacets}}
        <aside class="stack" aria-label="Narrow down">
        <p class="soft small">{{counted}}</p>
        {{#facets}}
        <section class="panel facet"><h2 class="label">{{.label}}</h2><ul>
        {{#.values}}
        <li><a href="{{.href}}"><span>{{.value}}</span><span class="n">{{.count}}</span></a></li>
        {{/.values}}
        </ul></section>
        {{/facets}}
        </aside>
        {{/hasFacets}}
        </div>
        {{/problem}}

        """#
    )
}
