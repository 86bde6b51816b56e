/// `live.js`: a page that carries `data-live` regions is fetched again when something changed, and shows what is new.
enum LiveModule {
    static let text = #"""
        // The server renders; this only replaces. Each region has an id, and in data-live a key of what it shows: one whose
        // key did not change stays as it is, with whatever somebody types there.
        const body = document.body;
        const seconds = Number(body.dataset.liveEvery || 0);
        const stream = body.dataset.liveStream;
        let source = null;
        let timer = null;
        let asked = 0;

        function place(element, root) {
          const key = element.id ? `#${CSS.escape(element.id)}` : null;
          if (key && root.querySelector(key)) return root.querySelector(key);
          const href = element.getAttribute("href");
          return href ? root.querySelector(`a[href="${CSS.escape(href)}"]`) : null;
        }

        // What somebody has typed outlives a region that is replaced under their hands.
        function fieldsOf(region) {
          return Array.from(region.querySelectorAll("textarea[id], input[type=text][id]"), (field) => (
            { id: field.id, value: field.value, from: field.selectionStart, to: field.selectionEnd }
          ));
        }

        function fill(typed, root) {
          const field = root.querySelector(`#${CSS.escape(typed.id)}`);
          if (!field || !typed.value) return;
          field.value = typed.value;
          field.setSelectionRange(typed.from, typed.to);
        }

        function show(text) {
          const page = new DOMParser().parseFromString(text, "text/html");
          let changed = false;
          for (const region of document.querySelectorAll("[data-live]")) {
            const fresh = page.getElementById(region.id);
            if (!fresh || fresh.dataset.live === region.dataset.live) continue;
            const focused = region.contains(document.activeElement) ? document.activeElement : null;
            const copy = document.importNode(fresh, true);
            const typed = fieldsOf(region);
            region.replaceWith(copy);
            typed.forEach((field) => fill(field, copy));
            if (focused) (place(focused, copy) || document.getElementById("main")).focus();
            changed = true;
          }
          if (!changed) return;
          document.title = page.title;
          document.dispatchEvent(new CustomEvent("countersign:updated"));
          const words = page.querySelector("[data-live-words]");
          const voice = document.getElementById("live-voice");
          const said = words && words.dataset.liveWords;
          if (said && voice && voice.textContent !== said) voice.textContent = said;
        }

        async function load() {
          const number = ++asked;
          try {
            const answer = await fetch(location.href, {
              headers: { Accept: "text/html", "X-Countersign-Follows": "1" }, cache: "no-store",
            });
            // The session is over: what it showed is for nobody who comes by.
            if (answer.status === 401) return leave();
            if (answer.ok && number === asked) show(await answer.text());
          } catch {
            // The gateway restarts, or the network is away: the next event or tick asks again.
          }
        }

        function leave() {
          stop();
          location.reload();
        }

        // A browser opens few connections to one host: a page that nobody looks at holds none.
        function start() {
          if (document.hidden) return stop();
          if (stream && !source) {
            source = new EventSource(stream);
            source.addEventListener("changed", load);
            source.addEventListener("error", (event) => {
              body.classList.add("is-away");
              if (event.target.readyState === EventSource.CLOSED) load();
            });
            source.addEventListener("open", () => body.classList.remove("is-away"));
          }
          if (seconds > 0 && !timer) timer = setInterval(load, seconds * 1000);
        }

        function stop() {
          if (source) source.close();
          if (timer) clearInterval(timer);
          source = null;
          timer = null;
        }

        document.addEventListener("visibilitychange", start);
        addEventListener("pagehide", stop);
        start();

        """#
}
