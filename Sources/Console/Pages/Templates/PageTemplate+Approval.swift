extension PageTemplate {
    /// The statements of a change set.
    static let changeSetRows = PageTemplate(
        "changeSetRows",
        #"""
        {{#isChangeSet}}
        <section class="panel" aria-labelledby="what">
        <h2 id="what">What may run</h2>
        {{#ordered}}
        <p class="soft">In this order.</p>
        {{/ordered}}
        <ol class="plain">
        {{#statements}}
        <li class="stack">
        <div class="line"><strong>{{.number}}</strong>{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}{{#.used}}<span class="badge ok">used</span>{{/.used}}<span class="soft small">{{.effects}}</span></div>
        <pre class="sql"><code>{{.text}}</code></pre>
        {{#.layout}}
        {{>layout}}
        {{/.layout}}
        </li>
        {{/statements}}
        </ol>
        </section>
        {{/isChangeSet}}

        """#
    )

    /// What the role may do without this approval.
    static let roleMay = PageTemplate(
        "roleMay",
        #"""
        {{#may}}
        <section class="panel" aria-labelledby="may">
        <h2 id="may">What the role may do on this target anyway</h2>
        {{#.lists}}
        <div class="line">{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}</div>
        <ul class="plain">
        {{#.items}}
        <li><code>{{.}}</code></li>
        {{/.items}}
        </ul>
        {{/.lists}}
        {{#.none}}
        <p class="soft">Nothing: the policy in force grants it nothing here.</p>
        {{/.none}}
        {{#.hasNotes}}
        <ul class="plain soft">
        {{#.notes}}
        <li>{{.}}</li>
        {{/.notes}}
        </ul>
        {{/.hasNotes}}
        </section>
        {{/may}}

        """#
    )

    /// The answers so far, and the form for one's own.
    static let approvalAnswer = PageTemplate(
        "approvalAnswer",
        #"""
        {{#hasAnswers}}
        <section class="panel" aria-labelledby="answers">
        <h2 id="answers">Answers</h2>
        <ul class="plain">
        {{#answers}}
        <li><div class="line">{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}<span>by {{.person}}</span>{{#.time}}<span class="soft small">{{>time}}</span>{{/.time}}</div>{{#.reason}}<p>{{.}}</p>{{/.reason}}</li>
        {{/answers}}
        </ul>
        </section>
        {{/hasAnswers}}
        {{#why}}
        <p class="notice">{{.}}</p>
        {{/why}}
        {{#form}}
        <section class="panel" aria-labelledby="answer">
        <h2 id="answer">Your answer</h2>
        {{#.anew}}
        <p class="notice hold"><span>To approve, prove anew who you are: {{#again}}<a href="{{.}}">log in again</a>{{/again}}{{^again}}take another link from <code>countersign login-link</code>{{/again}}. To deny you need not.</span></p>
        {{/.anew}}
        <form method="post" action="{{.action}}" class="stack">
        <input type="hidden" name="form_token" value="{{.token}}">
        <input type="hidden" name="digest" value="{{.digest}}">
        <div>
        <label for="reason">Reason <span class="hint">(whoever waits reads it with a no; at most 1,000 characters)</span></label>
        <textarea id="reason" name="reason" maxlength="1000"></textarea>
        </div>
        <div class="actions">
        {{#.fresh}}
        <button class="yes" type="submit" name="answer" value="approve">Approve exactly this</button>
        {{/.fresh}}
        <button class="stop" type="submit" name="answer" value="deny">Deny</button>
        </div>
        </form>
        </section>
        {{/form}}

        """#
    )
}
