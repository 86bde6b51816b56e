/// `replay.js`: the steps of a session one after the other, at the pace at which they came.
enum ReplayModule {
    static let text = #"""
        // The page holds all steps; a replay hides those that are still to come. Without this module all of them show.
        const panel = document.getElementById("replay");
        const steps = Array.from(document.querySelectorAll("#steps > li"));
        const words = document.getElementById("replay-words");
        const bar = document.getElementById("replay-progress");
        const pace = document.getElementById("pace");
        const play = panel && panel.querySelector("[data-step=play]");
        const longest = 5000;
        let now = steps.length;
        let timer = null;

        function show(index) {
          now = Math.max(0, Math.min(steps.length, index));
          steps.forEach((step, place) => {
            step.classList.toggle("is-later", place >= now);
            step.classList.toggle("is-now", place === now - 1 && now < steps.length + 1 && isReplaying());
          });
          bar.max = steps.length;
          bar.value = now;
          const title = now > 0 ? steps[now - 1].querySelector("strong").textContent : "before the first";
          words.textContent = `Step ${now} of ${steps.length}: ${title}`;
          if (now > 0 && isReplaying()) steps[now - 1].scrollIntoView({ block: "nearest" });
        }

        let replaying = false;
        function isReplaying() {
          return replaying;
        }

        function halt() {
          clearTimeout(timer);
          timer = null;
          play.textContent = now >= steps.length ? "Replay" : "Go on";
        }

        function pause(from, to) {
          const gap = Date.parse(steps[to].dataset.time) - Date.parse(steps[from].dataset.time);
          return Number.isFinite(gap) ? Math.min(longest, Math.max(0, gap)) / Number(pace.value) : 0;
        }

        function next() {
          if (now >= steps.length) return halt();
          show(now + 1);
          if (now >= steps.length) return halt();
          // A step that came at once with the one before is still seen on its own.
          timer = setTimeout(next, Math.max(120, pause(now - 1, now)));
        }

        function toggle() {
          if (timer) return halt();
          replaying = true;
          if (now >= steps.length) show(0);
          play.textContent = "Halt";
          next();
        }

        function step(by) {
          halt();
          replaying = true;
          show(now + by);
          play.textContent = now >= steps.length ? "Replay" : "Go on";
        }

        function all() {
          halt();
          replaying = false;
          show(steps.length);
        }

        function act(name) {
          if (name === "play") toggle();
          if (name === "back") step(-1);
          if (name === "on") step(1);
          if (name === "all") all();
        }

        function key(event) {
          if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("select, input, textarea")) return;
          if (event.key === " " && event.target.matches("button, a, summary")) return;
          const name = { " ": "play", ArrowLeft: "back", ArrowRight: "on" }[event.key];
          if (!name) return;
          event.preventDefault();
          act(name);
        }

        if (panel && steps.length > 0) {
          panel.hidden = false;
          panel.tabIndex = 0;
          panel.setAttribute("role", "group");
          panel.setAttribute("aria-label", "Replay");
          panel.addEventListener("click", (event) => {
            const button = event.target.closest("[data-step]");
            if (button) act(button.dataset.step);
          });
          panel.addEventListener("keydown", key);
          document.getElementById("steps").addEventListener("keydown", key);
          show(steps.length);
        }

        """#
}
