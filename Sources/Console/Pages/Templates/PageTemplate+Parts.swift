extension PageTemplate {
    /// A time: `iso`, `words`, and `left` where it is counted down to.
    static let time = PageTemplate(
        "time",
        #"<time datetime="{{.iso}}"{{#.left}} data-left{{/.left}}>{{.words}}</time>"#
    )

    /// One value of a fact: a list of `parts`, each a text, a link, a time or a code.
    static let value = PageTemplate(
        "value",
        #"""
        {{#.time}}{{>time}}{{/.time}}{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}\#
        {{#.href}}<a href="{{.}}"{{#outward}} rel="noopener noreferrer nofollow"{{/outward}}>{{/.href}}\#
        {{#.code}}<code>{{.}}</code>{{/.code}}{{#.text}}<span>{{.}}</span>{{/.text}}{{#.href}}</a>{{/.href}}\#
        {{#.list}}<div>{{.}}</div>{{/.list}}{{#.note}} <span class="soft small">{{.}}</span>{{/.note}}
        """#
    )

    /// `rows`, each a `name` and one value.
    static let facts = PageTemplate(
        "facts",
        #"""
        <dl class="facts">
        {{#rows}}
        <dt>{{.name}}</dt>
        <dd>{{>value}}</dd>
        {{/rows}}
        </dl>

        """#
    )

    /// A statement laid out for reading, under the text itself.
    static let layout = PageTemplate(
        "layout",
        #"""
        <details>
        <summary>Laid out for reading, without comments</summary>
        <pre class="sql"><code>{{.}}</code></pre>
        </details>

        """#
    )

    /// A statement with its parameters beside it: `text`, `without`, `layout`, `parameters`.
    static let statement = PageTemplate(
        "statement",
        #"""
        <div class="{{#hasParameters}}beside{{/hasParameters}}">
        <div>
        {{#text}}
        <pre class="sql"><code>{{.}}</code></pre>
        {{/text}}
        {{#layout}}
        {{>layout}}
        {{/layout}}
        {{#without}}
        <p class="notice">{{.}}</p>
        {{/without}}
        </div>
        {{#hasParameters}}
        <div>
        <h3 class="label">Parameters</h3>
        <ol class="params">
        {{#parameters}}
        <li><span class="name">{{.name}}</span><span>{{#.code}}<code>{{.}}</code>{{/.code}}{{#.note}}<span class="soft">{{.}}</span>{{/.note}}</span></li>
        {{/parameters}}
        </ol>
        </div>
        {{/hasParameters}}
        </div>

        """#
    )

    /// What went wrong, and where to go on.
    static let problem = PageTemplate(
        "problem",
        #"""
        <section class="panel alone">
        <h1>{{heading}}</h1>
        {{#detail}}
        <p>{{.}}</p>
        {{/detail}}
        {{#link}}
        <p>On the gateway's machine, as the user that it runs as:</p>
        <pre class="sql"><code>countersign login-link</code></pre>
        <p class="soft">It prints an address that logs in the local operator, once. For people of their own name, name a provider under <code>login:</code> in the configuration and start the gateway anew.</p>
        {{/link}}
        <div class="actions">
        {{#login}}
        <a class="button first" href="{{.}}">Log in</a>
        {{/login}}
        {{#again}}
        <a class="button first" href="{{.}}">Log in again</a>
        {{/again}}
        {{#retry}}
        <a class="button first" href="{{.}}">Try to log in again</a>
        {{/retry}}
        {{#home}}
        <a class="button" href="/">To the overview</a>
        {{/home}}
        </div>
        </section>

        """#
    )
}
