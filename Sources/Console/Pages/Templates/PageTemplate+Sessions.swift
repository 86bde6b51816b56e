extension PageTemplate {
    static let pager = PageTemplate(
        "pager",
        #"""
        <nav class="pager" aria-label="Pages">{{#first}}<a class="button" href="{{.}}">From the front</a>{{/first}}{{^first}}<span></span>{{/first}}{{#next}}<a class="button" href="{{.}}" rel="next">Go on</a>{{/next}}</nav>

        """#
    )

    static let sessions = PageTemplate(
        "sessions",
        #"""
        <div class="head">
        <h1>Sessions</h1>
        </div>
        <ul class="chips" aria-label="Which sessions">
        <li><a class="chip" href="/sessions"{{#live}} aria-current="page"{{/live}}>Live</a></li>
        <li><a class="chip" href="/sessions?state=ended"{{^live}} aria-current="page"{{/live}}>Ended</a></li>
        </ul>
        <details class="panel"{{#narrowed}} open{{/narrowed}}>
        <summary>Narrow down</summary>
        <form method="get" action="/sessions" class="stack">
        <input type="hidden" name="state" value="{{#live}}live{{/live}}{{^live}}ended{{/live}}">
        <div class="fields">
        {{#fields}}
        <div><label for="f-{{.name}}">{{.label}}</label><input type="text" id="f-{{.name}}" name="{{.name}}" value="{{.value}}" autocomplete="off" spellcheck="false"></div>
        {{/fields}}
        </div>
        <div class="actions"><button class="first" type="submit">Show</button></div>
        </form>
        </details>
        <div class="stack" id="list" data-live="{{key}}">
        {{#count}}
        <p class="soft">{{.}}</p>
        {{/count}}
        {{#hasRows}}
        <table class="rows" role="table" aria-label="Sessions">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Opened</th><th role="columnheader" scope="col">Who</th><th role="columnheader" scope="col">Target</th><th role="columnheader" scope="col">From</th><th role="columnheader" scope="col">State</th><th role="columnheader" scope="col">Commands</th></tr></thead>
        <tbody role="rowgroup">
        {{#rows}}
        <tr role="row">
        <td role="cell" data-label="Opened" class="when"><a href="{{.href}}">{{#.opened}}{{>time}}{{/.opened}}{{^.opened}}Session{{/.opened}}</a></td>
        <td role="cell" data-label="Who"><div><strong>{{.roles}}</strong><div class="soft small">{{.subject}}</div></div></td>
        <td role="cell" data-label="Target">{{.target}}</td>
        <td role="cell" data-label="From">{{.source}}</td>
        <td role="cell" data-label="State"><div>{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}{{#.why}}<div class="soft small">{{.}}</div>{{/.why}}{{#.ended}}<div class="soft small">{{>time}}</div>{{/.ended}}</div></td>
        <td role="cell" data-label="Commands"><div>{{.counts}}{{#.end}}<div class="small"><a href="{{.}}">End it…</a></div>{{/.end}}</div></td>
        </tr>
        {{/rows}}
        </tbody>
        </table>
        {{>pager}}
        {{/hasRows}}
        {{^hasRows}}
        {{#narrowed}}
        <div class="empty"><strong>No session matches.</strong><span>Each filter is taken letter for letter. <a href="/sessions">Show all live sessions</a></span></div>
        {{/narrowed}}
        {{^narrowed}}
        {{#live}}
        <div class="empty"><strong>Nobody is connected.</strong><span>Sessions show here as soon as a job logs in with its token. <a href="/sessions?state=ended">Ended sessions</a> stay.</span></div>
        {{/live}}
        {{^live}}
        <div class="empty"><strong>No session has ended yet.</strong><span>Each one that ends stays here, with everything that it did.</span></div>
        {{/live}}
        {{/narrowed}}
        {{/hasRows}}
        </div>

        """#
    )

    static let session = PageTemplate(
        "session",
        #"""
        <nav class="crumbs" aria-label="Path"><a href="/sessions">Sessions</a></nav>
        <div class="head">
        <div class="line"><span class="soft">A session</span>{{#badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/badge}}</div>
        <h1>{{title}}</h1>
        </div>
        <section class="panel" aria-labelledby="who">
        <h2 id="who">Who and where</h2>
        {{#facts}}
        {{>facts}}
        {{/facts}}
        </section>
        {{#end}}
        <section class="panel" aria-labelledby="end">
        <h2 id="end">End this session</h2>
        <form method="post" action="{{.action}}" class="stack">
        <input type="hidden" name="form_token" value="{{.token}}">
        <div><label for="why">Reason <span class="hint">(its client reads it; at most 200 characters)</span></label><input type="text" id="why" name="reason" maxlength="200" autocomplete="off"></div>
        <div class="actions"><button class="stop" type="submit">End it now</button><span class="hint">What runs is cancelled, and its transaction is rolled back.</span></div>
        </form>
        </section>
        {{/end}}
        <section class="stack" aria-labelledby="timeline">
        <div class="line"><h2 id="timeline">What it did</h2><a class="small" href="{{audit}}">in the audit search</a></div>
        {{#behind}}
        <p class="notice">{{.}} of the ledger cannot be found yet: load the page again in a moment.</p>
        {{/behind}}
        <div class="panel replay" id="replay" hidden>
        <div class="line">
        <button type="button" data-step="play" class="first">Replay</button>
        <button type="button" data-step="back">Back</button>
        <button type="button" data-step="on">On</button>
        <button type="button" data-step="all">All</button>
        <label for="pace">Pace <select id="pace"><option value="1">as it was</option><option value="4">4 times</option><option value="20" selected>20 times</option></select></label>
        <span class="soft small" id="replay-words" role="status"></span>
        </div>
        <progress id="replay-progress" aria-label="How far the replay is" max="1" value="0"></progress>
        <p class="hint">Keys, while the focus is here or on a step: <kbd>Space</kbd> plays and halts, <kbd>←</kbd> <kbd>→</kbd> go step by step. A pause of more than five seconds is cut to five.</p>
        </div>
        {{#hasSteps}}
        <ol class="timeline" id="steps">
        {{#steps}}
        <li class="{{.tone}}" data-time="{{.iso}}">
        <div class="line"><strong>{{.kind}}</strong>{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}<a class="small" href="{{.href}}">{{#.time}}{{>time}}{{/.time}}{{^.time}}its record{{/.time}}</a>{{#.note}}<span class="soft small">{{.}}</span>{{/.note}}</div>
        {{#.what}}
        <p>{{.}}</p>
        {{/.what}}
        {{#.statement}}
        {{>statement}}
        {{/.statement}}
        {{#.effects}}
        <p class="soft small">{{.}}</p>
        {{/.effects}}
        {{#.held}}
        <p class="soft">{{.}}</p>
        {{/.held}}
        {{#.masked}}
        <p class="soft small">Read as masks: {{.}}</p>
        {{/.masked}}
        {{#.approval}}
        <p class="small"><a href="{{.}}">Its approval</a></p>
        {{/.approval}}
        </li>
        {{/steps}}
        </ol>
        {{/hasSteps}}
        {{^hasSteps}}
        <div class="empty"><strong>Nothing stands here.</strong><span>The session has no record on this page.</span></div>
        {{/hasSteps}}
        {{>pager}}
        </section>

        """#
    )
}
