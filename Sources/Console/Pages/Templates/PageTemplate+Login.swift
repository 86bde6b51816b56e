extension PageTemplate {
    static let commandLineLogin = PageTemplate(
        "commandLineLogin",
        #"""
        <section class="panel alone">
        <h1>Log in a command line</h1>
        <p>A program on this computer asks to act as <strong>{{name}}</strong> ({{id}}). It listens on port {{port}} of this computer.</p>
        <p>Go on only if you started <code>countersign login</code> just now, and your terminal shows this code:</p>
        <p class="figure"><code>{{code}}</code></p>
        <form method="post" action="/login/cli">
        <input type="hidden" name="port" value="{{port}}">
        <input type="hidden" name="challenge" value="{{challenge}}">
        <input type="hidden" name="state" value="{{state}}">
        <input type="hidden" name="form_token" value="{{token}}">
        <div class="actions">
        <button class="first" type="submit" name="answer" value="yes">Yes, log it in</button>
        <button type="submit" name="answer" value="no">No</button>
        </div>
        </form>
        </section>

        """#
    )

    static let linkLogin = PageTemplate(
        "linkLogin",
        #"""
        <section class="panel alone">
        <h1>Log in as the local operator</h1>
        <p>This link was made on the gateway's own machine. The local operator sees everything, ends sessions, and answers approvals where a grant names <code>local</code>. It serves once; that it did is recorded.</p>
        <form method="post" action="/login/link">
        <input type="hidden" name="key" value="{{key}}">
        <div class="actions"><button class="first" type="submit">Log in</button></div>
        </form>
        </section>

        """#
    )
}
