extension PageTemplate {
    /// What stands around every page. `content` is the one text that is put in as it is: a template has made it.
    static let shell = PageTemplate(
        "shell",
        #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{title}} · Countersign</title>
        <link rel="icon" type="image/svg+xml" href="{{mark}}">
        <link rel="stylesheet" href="{{style}}">
        {{#modules}}
        <script type="module" src="{{.}}"></script>
        {{/modules}}
        </head>
        <body{{#stream}} data-live-stream="{{stream}}"{{/stream}}{{#every}} data-live-every="{{every}}"{{/every}}>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="bar">
        <a class="brand" href="/"><img src="{{mark}}" alt="" width="26" height="26">Countersign</a>
        {{#person}}
        <details class="person">
        <summary>{{.name}}</summary>
        <div>
        <p><strong>{{.name}}</strong><br><span class="soft small">{{.id}}</span></p>
        {{#.may}}
        <p class="small">May act as: {{.}}</p>
        {{/.may}}
        {{#.since}}
        <p class="small soft">Logged in {{>time}}</p>
        {{/.since}}
        <form method="post" action="/logout">
        <input type="hidden" name="form_token" value="{{.token}}">
        <button type="submit">Log out</button>
        </form>
        </div>
        </details>
        {{/person}}
        </header>
        <div class="frame">
        {{#person}}
        <nav class="nav" aria-label="Main">
        <ul id="navigation" data-live="{{navKey}}">
        {{#nav}}
        <li><a href="{{.href}}"{{#.current}} aria-current="page"{{/.current}}>{{.label}}{{#.waiting}} <span class="count">{{.}}<span class="unseen"> waiting</span></span>{{/.waiting}}</a></li>
        {{/nav}}
        </ul>
        </nav>
        {{/person}}
        {{^person}}
        <div></div>
        {{/person}}
        <main id="main" tabindex="-1">
        {{{content}}}
        </main>
        </div>
        <div id="live-voice" class="unseen" aria-live="polite"></div>
        </body>
        </html>

        """#
    )
}
