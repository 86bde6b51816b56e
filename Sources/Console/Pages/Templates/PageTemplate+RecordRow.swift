extension PageTemplate {
    /// A row of a table of records.
    static let recordRow = PageTemplate(
        "recordRow",
        #"""
        <tr role="row">
        <td role="cell" data-label="Time" class="when"><a href="{{.href}}">{{#.time}}{{>time}}{{/.time}}{{^.time}}{{.id}}{{/.time}}</a></td>
        <td role="cell" data-label="Who"><div>{{#.role}}<strong>{{.}}</strong>{{/.role}}{{#.subject}}<div class="soft small">{{.}}</div>{{/.subject}}</div></td>
        <td role="cell" data-label="Target">{{.target}}</td>
        <td role="cell" data-label="Result"><div>{{#.badge}}<span class="badge {{.tone}}">{{.words}}</span>{{/.badge}}{{#.note}}<div class="soft small">{{.}}</div>{{/.note}}</div></td>
        <td role="cell" data-label="What"><div>{{#.statement}}<span class="snippet">{{.}}</span>{{/.statement}}{{^.statement}}<span class="soft">{{.kind}}</span> {{/.statement}}{{#.what}}<span>{{.}}</span>{{/.what}}</div></td>
        </tr>

        """#
    )
}
